import Testing
import TransferGraphCore

/// Which columns and rows of people's tables are models, datasets, results and facts.
struct RoleTests {
    private static func names(_ zoo: Zoo) -> (models: [String], datasets: [String]) {
        (zoo.models.map(\.name), zoo.datasets.map(\.name))
    }

    private static func refusal(_ table: String) throws -> TableError? {
        do {
            _ = try TableCase.zoo(table)
            return nil
        } catch ZooError.table(let error) {
            return error
        }
    }

    // MARK: Models

    /// `name` is the model, whatever fact about it has a header that could be a model's.
    @Test(arguments: [
        "provider", "architecture", "arch", "backbone", "method", "algorithm", "encoder", "system", "network",
        "classifier",
        "checkpoint", "organization", "organisation", "framework", "developer",
    ])
    func nameIsTheModel(_ fact: String) throws {
        for values in [["x", "y", "z"], ["x", "x", "z"]] {
            for header in ["name,\(fact)", "\(fact),name"] {
                let rows = zip(["n1", "n2", "n3"], values).map { name, value in
                    header.hasPrefix("name") ? "\(name),\(value)" : "\(value),\(name)"
                }
                let table =
                    "\(header),pets,cars,birds\n" + "\(rows[0]),.5,.6,.7\n\(rows[1]),.4,.3,.2\n\(rows[2]),.2,.4,.1\n"
                let zoo = try TableCase.zoo(table)
                #expect(Self.names(zoo) == (["n1", "n2", "n3"], ["pets", "cars", "birds"]), "\(table)")
            }
        }
    }

    /// Facts with a unit are no sign of a tracker's export, and an index of quality no number of a row.
    @Test func nameIsTheModelBesideParameters() throws {
        let zoo = try TableCase.zoo(
            "Name,Architecture,Params (M),Quality Index,ImageNet-R\ndeit_small,ViT,22,77,42.1\ndeit_base,ViT,86,77,50.1\nconvnext_t,ConvNeXt,28,62,47.2\n"
        )
        #expect(Self.names(zoo) == (["deit_small", "deit_base", "convnext_t"], ["Quality Index", "ImageNet-R"]))
    }

    @Test func nameIsTheModelOfALongTable() throws {
        let zoo = try TableCase.zoo(
            "name,provider,dataset,accuracy\nn1,x,pets,.5\nn2,x,pets,.6\nn1,x,cars,.4\nn2,x,cars,.7\n")
        #expect(Self.names(zoo) == (["n1", "n2"], ["pets", "cars"]))
        #expect(try TableCase.result(zoo, "n2", "cars") == 0.7)
    }

    /// The name of a run in a tracker's export is no model.
    @Test func namesOfRunsAreNoModels() throws {
        let zoo = try TableCase.zoo(
            "Name,State,architecture,dataset,accuracy\nr1,finished,vit,pets,.5\nr2,finished,rn,pets,.6\nr3,finished,vit,cars,.4\nr4,finished,rn,cars,.7\n"
        )
        #expect(zoo.models.map(\.name) == ["vit", "rn"])
    }

    /// One architecture with several pre-trainings or variants is several models.
    @Test(arguments: [
        "pretraining_dataset", "pretrained_on", "upstream", "weights", "init", "source_dataset", "checkpoint",
        "variant",
        "base_model", "tuning", "peft", "quantization", "pretrain", "img_size", "resolution",
    ])
    func variantsAreModels(_ column: String) throws {
        let isNumber = ["img_size", "resolution"].contains(column)
        let (a, b) = isNumber ? ("224", "384") : ("alpha", "beta")
        for model in column == "checkpoint" ? ["model"] : ["model", "architecture"] {
            let zoo = try TableCase.zoo(
                "\(model),\(column),dataset,accuracy\nrn,\(a),pets,.5\nrn,\(b),pets,.9\nvit,\(a),pets,.6\nvit,\(b),pets,.8\nrn,\(a),cars,.4\nvit,\(b),cars,.3\n"
            )
            #expect(zoo.models.map(\.name) == ["rn|\(a)", "rn|\(b)", "vit|\(a)", "vit|\(b)"], "\(model), \(column)")
            #expect(try TableCase.result(zoo, "rn|\(b)", "pets") == 0.9)
            #expect(TableCase.note(zoo, "together are the model") != nil)
        }
    }

    /// Runs of one variant stay runs, and what each model was pre-trained on stays a fact about it.
    @Test func seedsOfVariantsAreRuns() throws {
        let zoo = try TableCase.zoo(
            "seed,architecture,pretrain,target,val_acc,test_acc\n0,rn50,imagenet,pets,92.1,91.4\n1,rn50,imagenet,pets,92.3,91.0\n0,vit,imagenet21k,pets,94.3,93.0\n0,rn50,imagenet,cars,91,90.1\n0,vit,imagenet21k,cars,89,88.7\n0,rn50,none,cars,60,59\n"
        )
        #expect(zoo.models.map(\.name) == ["rn50|imagenet", "vit|imagenet21k", "rn50|none"])
        #expect(abs((try TableCase.result(zoo, "rn50|imagenet", "pets") ?? 0) - 91.2) < 1e-9)
        #expect(try TableCase.result(zoo, "rn50|none", "cars") == 59)
        #expect(zoo.modelMetadata.columns.contains { $0.name == "pretrain" })
    }

    /// A file for each run is a run, and no model.
    @Test func checkpointsOfRunsAreNoModels() throws {
        let zoo = try TableCase.zoo(
            "model,checkpoint,dataset,accuracy\nrn,r1.pt,pets,.5\nrn,r2.pt,pets,.7\nvit,r3.pt,pets,.6\nvit,r4.pt,cars,.8\n"
        )
        #expect(zoo.models.map(\.name) == ["rn", "vit"])
    }

    /// What says how a dataset was used makes datasets, of long tables and wide ones.
    @Test(arguments: ["horizon", "shots", "fraction", "train_size", "prompt", "setting", "pred_len"])
    func settingsAreDatasets(_ column: String) throws {
        let long = try TableCase.zoo(
            "model,dataset,\(column),mse\na,pets,96,.37\na,pets,720,.44\nb,pets,96,.36\na,cars,96,.14\nb,cars,96,.17\nb,cars,720,.33\n"
        )
        #expect(long.datasets.count == 4 && long.results.count == 6)
        let wide = try TableCase.zoo("model,\(column),pets,cars\na,1,55,40\na,5,80,70\nb,1,52,42\nb,5,82,71\n")
        #expect(wide.models.map(\.name) == ["a", "b"])
        #expect(wide.datasets.count == 4 && wide.results.count == 8)
        #expect(TableCase.note(wide, "each of its values is a dataset") != nil)
    }

    @Test func wideTablesJoinPartsOfModels() throws {
        let weights = try TableCase.zoo(
            "model,weights,pets,cars\nresnet50,V1,91.4,90.1\nresnet50,V2,93,91.1\nvit,V1,92.4,87.1\nvit,SWAG,94.4,92.1\n"
        )
        #expect(weights.models.map(\.name) == ["resnet50|V1", "resnet50|V2", "vit|V1", "vit|SWAG"])
        #expect(try TableCase.result(weights, "vit|SWAG", "cars") == 92.1)
        let methods = try TableCase.zoo(
            "Method;Backbone;VOC;COCO;FPS\nRCNN;R-50;79,8;37,4;26\nRCNN;R-101;81,2;39,4;20\nRetina;R-50;78,1;36,5;19\nRetina;R-101;79,9;38,5;15\n"
        )
        #expect(methods.models.count == 4 && methods.datasets.map(\.name) == ["VOC", "COCO"])
    }

    /// Where something unknown tells rows of one name apart, no line is proposed that averages them.
    @Test func unknownColumnsThatTellRowsApartAreNamed() throws {
        let error = try Self.refusal("model,flavour,pets,cars\na,x,.5,.6\na,y,.4,.3\nb,x,.2,.4\nb,y,.1,.3\n")
        guard case .content(.repeatedRow(_, _, _, let apart), _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(apart == "flavour")
    }

    @Test func downstreamTasksAreDatasets() throws {
        let zoo = try TableCase.zoo(
            "pretrained_model,downstream_task,mean_test_score,std_test_score,rank_test_score,mean_fit_time\na,x,-0.21,0.01,2,1.2\nb,x,-0.19,0.01,1,1.4\na,y,-2.1,0.1,1,1.2\nb,y,-2.4,0.1,2,1.4\n"
        )
        #expect(Self.names(zoo) == (["a", "b"], ["x", "y"]))
        #expect(try TableCase.result(zoo, "b", "y") == -2.4)
    }

    // MARK: Facts

    /// Rows that say something of models which stand across are facts about these.
    @Test(arguments: ["", "Dataset", "Model", "Benchmark"])
    func rowsOfFactsAreMetadata(_ corner: String) throws {
        let zoo = try TableCase.zoo(
            "\(corner),ViT-S,ViT-B,ResNet-50\nType,ViT,ViT,CNN\nParams (M),22.1,86.6,25.6\nFLOPs (G),4.6,17.6,4.1\nYear,2021,2021,2015\nPretraining,IN-1k,IN-21k,IN-1k\nInput size,224,224,224\nlayers,12,12,50\nImageNet,78.8,81.8,76.1\nCIFAR-100,90.2,91.5,86.8\nOxford Pets,93.1,94,92.2\nAvg.,87.4,89.1,85.0\n"
        )
        // A pre-training may be a recipe: only a column that says that it names datasets makes some.
        #expect(Self.names(zoo) == (["ViT-S", "ViT-B", "ResNet-50"], ["ImageNet", "CIFAR-100", "Oxford Pets"]))
        func column(_ name: String) -> MetadataTable.Column? { zoo.modelMetadata.columns.first { $0.name == name } }
        guard let parameters = column("parameters") else {
            Issue.record("no parameters")
            return
        }
        #expect(zoo.modelMetadata.value(0, parameters) == .number(22_100_000))
        #expect(column("Type") != nil && column("Pretraining") != nil && column("input_size") != nil)
        #expect(TableCase.note(zoo, "rows taken for facts about the models") != nil)
    }

    /// Rows of words before those of numbers, in a table that is mostly facts.
    @Test func rowsOfWordsAreMetadata() throws {
        let zoo = try TableCase.zoo(
            ",ResNet-50,ViT-B/16,ConvNeXt-B\nType,CNN,ViT,CNN\n#Params,25.6M,86.6M,88.6M\nPretraining,IN-1k,IN-21k,IN-22k\nInput size,224,224,224\niNat-18,66.1,70.1,73.0\nPlaces365,54.9,57.1,58.2\n"
        )
        #expect(zoo.results.count == 6 && zoo.models.map(\.name) == ["ResNet-50", "ViT-B/16", "ConvNeXt-B"])
        #expect(zoo.models.map(\.parameters) == [25_600_000, 86_600_000, 88_600_000])
    }

    /// Regression tasks have the names of facts.
    @Test func datasetsCalledAsFactsAre() throws {
        let zoo = try TableCase.zoo(
            "method,boston,concrete,energy,power,protein,wine,year\ngp,2.9,5.1,0.5,3.9,4.1,0.63,8.9\nnn,3.1,5.6,1.1,4.0,4.7,0.64,8.8\nrf,2.8,5.0,0.6,3.6,3.9,0.61,9.3\n"
        )
        #expect(zoo.datasets.map(\.name) == ["boston", "concrete", "energy", "power", "protein", "wine", "year"])
    }

    @Test func metricsOfModelsAreNoDatasets() throws {
        for corner in ["Metric", ""] {
            let error = try Self.refusal(
                "\(corner),bert,roberta,distilbert\nAccuracy,.91,.93,.9\nF1,.9,.92,.89\nLoss,.31,.22,.35\n")
            guard case .content(.notResults, _, _) = error else {
                Issue.record("\(corner): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func columnsOfFactsAreNoDatasets() throws {
        let facts = "gpu_hours,co2_kg,cost_usd,energy_kwh,max_len,heads,hidden,FPS,entries,submitted,run_no"
        let zoo = try TableCase.zoo(
            "model,\(facts),mrpc,rte\nbert,10,1,20,5,512,12,768,90,3,20240501,1,.88,.70\nrob,12,1.2,22,6,512,12,768,80,4,20240612,2,.90,.78\nalb,8,.8,11,3,512,12,768,70,5,20240630,3,.87,.72\n"
        )
        #expect(zoo.datasets.map(\.name) == ["mrpc", "rte"])
        let dated = try TableCase.zoo(
            "model_id,submitted,release_date,params_b,context_length,gsm8k,humaneval\n1,20240501,2023-07,7,4096,14.6,12.8\n2,20240612,2023-09,7.2,32768,37.8,26.8\n3,20240630,2024-04,8,8192,79.6,62.2\n"
        )
        #expect(Self.names(dated) == (["1", "2", "3"], ["gsm8k", "humaneval"]))
    }

    /// A leaderboard of one task has no column of datasets.
    @Test func countsBesideAScoreAreNoDatasets() throws {
        let error = try Self.refusal(
            "Rank,Team,Model,Score,Entries,Last Submission\n1,alpha,ensemble-x,0.0931,12,2024-05-01T00:00:00\n2,beta,xgb,0.0944,3,2024-05-02T00:00:00\n"
        )
        guard case .content(.missingColumns(let names, _, let line), _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(names == ["dataset"] && line?.contains("score=Score") == true)
    }

    // MARK: Summaries

    @Test(arguments: [
        "Average", "Mean", "Total", "Std", "± std", "Max", "Min", "Median", "Overall", "Avg.", "AVERAGE (3 models)",
        "Mean score",
        "Macro avg", "Std. dev.",
    ])
    func rowsThatSumUpAreNoModels(_ name: String) throws {
        for row in ["\(name),25.3M,92.5,97.0,90.2", "\(name),,92.5,,", "\(name),,,,1.5"] {
            let zoo = try TableCase.zoo(
                "Model,Params,Pets,Flowers,Cars\nresnet-50,25.6M,91.4,96.2,90.1\nvit-small,22.1M,93,97.9,88.7\nswin-tiny,28.3M,93.2,97,91.8\n\(row)\n"
            )
            #expect(zoo.models.map(\.name) == ["resnet-50", "vit-small", "swin-tiny"], "\(row)")
            #expect(TableCase.note(zoo, "rows that sum up others") != nil)
        }
    }

    @Test(arguments: ["Overall", "ALL", "Macro avg", "Average", "mean", "suite|mmlu:_average|5|0"])
    func datasetsThatSumUpAreNone(_ name: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,accuracy\na,pets,93\nb,pets,91\na,cars,88\nb,cars,90\na,\(name),90.5\nb,\(name),90.5\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(TableCase.note(zoo, "by its name")?.count == 2)
    }

    /// A mean of all others that is called otherwise is found by its numbers; one that differs in a digit is a dataset.
    @Test func meansOfLongTablesByArithmetic() throws {
        let results = [("a", 93.1, 88.7, 75.2), ("b", 91.4, 90.3, 71.9), ("c", 90.2, 85.6, 77.7)]
        func table(_ shift: Double) -> String {
            var text = "model,dataset,accuracy\n"
            for (model, pets, cars, birds) in results {
                text += "\(model),pets,\(pets)\n\(model),cars,\(cars)\n\(model),birds,\(birds)\n"
                let mean = ((pets + cars + birds) / 3 * 100).rounded() / 100
                text += "\(model),suite,\(mean + (model == "b" ? shift : 0))\n"
            }
            return text
        }
        #expect(try TableCase.zoo(table(0)).datasets.map(\.name) == ["pets", "cars", "birds"])
        #expect(try TableCase.zoo(table(0.3)).datasets.map(\.name) == ["pets", "cars", "birds", "suite"])
    }

    // MARK: Runs that did not end

    @Test func runsThatDidNotEndAreLeftOut() throws {
        let zoo = try TableCase.zoo(
            "Name,State,config.model_name,config.dataset,summary.test_acc\nr1,finished,vit,pets,.93\nr2,crashed,swin,pets,.41\nr3,finished,vit,cars,.88\nr4,failed,swin,cars,.1\nr5,finished,rn50,pets,.91\nr6,Finished,rn50,cars,.9\nr7,running,cnx,cars,.2\n"
        )
        #expect(zoo.models.map(\.name) == ["vit", "rn50"] && zoo.results.count == 4)
        #expect(TableCase.note(zoo, "runs that did not end well")?.count == 3)
        // Another state is none of a run.
        let states = try TableCase.zoo(
            "model,state,dataset,accuracy\na,Ohio,pets,.5\nb,Utah,pets,.6\na,Ohio,cars,.7\nb,running,cars,.8\n")
        #expect(states.results.count == 4)
    }
}
