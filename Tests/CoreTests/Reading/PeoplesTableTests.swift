import Testing
import TransferGraphCore

/// Tables as people write them, none of them for this program: each loads as a careful person would read it, or is refused.
struct PeoplesTableTests {
    /// What says that errors stand somewhere, wherever it says so: every one of these has `c` as its best model.
    @Test(arguments: [
        "model,metric,pets,cars\na,wer,0.3,0.4\nb,wer,0.2,0.3\nc,wer,0.1,0.2\n",
        "model,higher_is_better,pets,cars\na,false,3,4\nb,false,2,3\nc,false,1,2\n",
        "model,dataset,score,higher_is_better\na,pets,3,lower\nb,pets,2,lower\nc,pets,1,lower\n",
        "model,dataset,score,lower_is_better\na,pets,3,true\nb,pets,2,true\nc,pets,1,true\n",
        "model,dataset,score,direction\na,pets,3,minimize\nb,pets,2,minimize\nc,pets,1,minimize\n",
        "method,dataset,metric,metric_error\na,pets,roc_auc,0.3\nb,pets,roc_auc,0.2\nc,pets,roc_auc,0.1\n",
        ",wer,wer\nmodel,pets,cars\na,3,4\nb,2,3\nc,1,2\n",
        ",Speech (WER ↓),\nmodel,pets,cars\na,3,4\nb,2,3\nc,1,2\n",
        "metric,ppl,ppl\ndataset,pets,cars\nmodel,,\na,31,42\nb,21,32\nc,11,22\n",
        "RMSE,pets,cars\na,3,4\nb,2,3\nc,1,2\n",
        "model,pets ↓,cars ↓\na,3,4\nb,2,3\nc,1,2\n",
        "model,pets (lower is better),cars (lower is better)\na,3,4\nb,2,3\nc,1,2\n",
        "model,dataset,val_loss\na,pets,3\nb,pets,2\nc,pets,1\n",
        "model,dataset,Score (lower is better)\na,pets,3\nb,pets,2\nc,pets,1\n",
        "model,dataset,phone error rate\na,pets,3\nb,pets,2\nc,pets,1\n",
        "model,dataset,1-acc\na,pets,0.3\nb,pets,0.2\nc,pets,0.1\n",
        "Dataset / Model,a RMSE,b RMSE,c RMSE\npets,3,2,1\ncars,4,3,2\n",
    ])
    func errorsAreErrors(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.datasets.allSatisfy { !$0.metric.higherIsBetter }, "\(table)")
        #expect(zoo.models.count == 3 && zoo.results.count >= 3)
    }

    @Test(arguments: [
        ("1-WER", true), ("WER reduction", true), ("accuracy (1-error)", true), ("non-error rate", true),
        ("rmse_score", false), ("inverse accuracy", false), ("accuracy rank", false), ("miss rate", false),
        ("FPR95", false), ("bits per byte", false), ("1-NN accuracy", true), ("neg_log_loss", true),
        ("score (lower is better)", false), ("Rank-1", true), ("rank@5", true), ("mean rank", false),
    ])
    func directionsByNames(_ name: String, _ isHigher: Bool) {
        #expect(MetricKnowledge.higherIsBetter(name) == isHigher)
    }

    @Test(arguments: [
        "93.1†", "93.1*", "93.1 \\pm 0.4", "$93.1_{0.4}$", "93.1_{±0.4}", "93.1 ± 0.4 (5 seeds)", "93.1 (+/- 0.04)",
        "93.1 (CI: 92-94)", "<b>93.1</b>", "93.1¹", "93.1±0.4 [5]", "**93.1**", "\\textbf{93.1}",
    ])
    func numbersWithDecorations(_ text: String) {
        #expect(WrittenNumber(text)?.value == 93.1)
    }

    @Test(arguments: ["93.1 points", "about 93.1", "93.1/90.2", "v93.1", "93.1 (see note)", "±0.4"])
    func textsThatAreNoNumbers(_ text: String) {
        #expect(WrittenNumber(text) == nil)
    }

    /// A column that cannot be used is named; a run that failed is a missing result.
    @Test func nothingIsLostInSilence() throws {
        let zoo = try TableCase.zoo(
            "model,sst2,mrpc,qqp,wnli\na,93.5,89.3/85.4,OOM,\nb,94.9,88.9/84.8,OOM,\nc,91,87/85,72.1,\nd,90,86/84,failed,\n"
        )
        #expect(zoo.datasets.map(\.name) == ["sst2", "qqp"])
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 2)
        #expect(TableCase.note(zoo, "results that are no number")?.count == 3)
    }

    /// Spreads, settings, times and differences are no datasets.
    @Test func whatIsNoDatasetIsSaid() throws {
        let zoo = try TableCase.zoo(
            "model,pets,pets_std,cars,lr,batch_size,Time (ms),#layers,Δ\na,.9,.01,.8,.001,32,5,12,.1\nb,.8,.02,.7,.002,64,6,24,.2\nc,.7,.01,.6,.003,32,7,12,.3\n"
        )
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 2)
        #expect(TableCase.note(zoo, "columns of numbers taken for facts") != nil)
        let summed = try TableCase.zoo(
            "model,pets,cars\na,.9,.8\nb,.8,.7\nc,.7,.6\nMean,.8,.7\nStd,.1,.1\nBest,.9,.8\n")
        #expect(summed.models.map(\.name) == ["a", "b", "c"])
    }

    /// Names of columns that are made of a dataset and a metric, or a split.
    @Test func columnsOfADatasetAndMore() throws {
        let metrics = try TableCase.zoo(
            "model,acc_pets,acc_cars,loss_pets,loss_cars\na,.9,.8,.3,.4\nb,.8,.7,.4,.5\nc,.7,.6,.5,.6\n")
        #expect(metrics.datasets.map(\.name) == ["pets", "cars"] && metrics.results.count == 6)
        #expect(metrics.datasets.allSatisfy { $0.metric.higherIsBetter && $0.metric.name == "acc" })
        let splits = try TableCase.zoo(
            "model,pets_train,pets_val,pets_test\na,.99,.85,.80\nb,.98,.86,.82\nc,.97,.87,.84\n")
        #expect(splits.datasets.map(\.name) == ["pets"])
        #expect(try TableCase.result(splits, "a", "pets") == 0.8)
        // Names that only look like it are left alone.
        let plain = try TableCase.zoo("model,stanford-test,cars\na,.9,.8\nb,.8,.7\nc,.7,.6\n")
        #expect(plain.datasets.map(\.name) == ["stanford-test", "cars"])
    }

    /// A table of one dataset with several columns of measures is long: the measures are no datasets.
    @Test func aTableOfOneDatasetIsLong() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,accuracy_mean,accuracy_std\na,pets,.9,.01\nb,pets,.8,.02\nc,pets,.7,.01\n")
        #expect(zoo.datasets.map(\.name) == ["pets"])
        #expect(try TableCase.result(zoo, "a", "pets") == 0.9)
        let twice = try TableCase.zoo("model,dataset,accuracy,top1\na,pets,.90,91\nb,pets,.80,81\n")
        #expect(try TableCase.result(twice, "a", "pets") == 0.9)
        #expect(TableCase.note(twice, "columns that are no results")?.count == 1)
        let phases = try TableCase.zoo(
            "model,dataset,phase,acc\na,x,train,.99\na,x,test,.8\nb,x,train,.97\nb,x,test,.9\n")
        #expect(try TableCase.result(phases, "a", "x") == 0.8)
    }

    /// Repeated rows of a wide table are runs where a column says so.
    @Test func seedsOfAWideTableAreRuns() throws {
        let zoo = try TableCase.zoo("model,seed,pets,cars\na,1,.9,.8\na,2,.7,.6\nb,1,.5,.4\nb,2,.3,.2\n")
        #expect(zoo.models.map(\.name) == ["a", "b"] && zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(abs((try TableCase.result(zoo, "a", "pets") ?? 0) - 0.8) < 1e-12)
    }

    @Test func percentsByTheHeaderAndRatesAboveOne() throws {
        let percents = try TableCase.zoo("model,dataset,WER (%)\na,x,0.9\nb,x,5\nc,x,12\n")
        #expect(try TableCase.result(percents, "a", "x") == 0.9)
        let fractions = try TableCase.zoo("model,dataset,wer\na,x,0.2\nb,x,0.4\nc,x,1.05\nd,x,0.6\n")
        #expect(try TableCase.result(fractions, "c", "x") == 1.05)
    }

    /// In a column with decimal commas a point groups.
    @Test func pointsBetweenThousands() throws {
        let zoo = try TableCase.zoo("model;dataset;rmse\na;x;987,5\nb;x;1.234\nc;x;12,25\n")
        #expect(try TableCase.result(zoo, "b", "x") == 1234)
    }

    @Test(arguments: [
        #"{"a": {"pets": 0.9, "cars": 0.8}, "b": {"pets": 0.7, "cars": 0.6}}"#,
        #"{"columns": ["pets", "cars"], "index": ["a", "b"], "data": [[0.9, 0.8], [0.7, 0.6]]}"#,
        #"[["model", "pets", "cars"], ["a", 0.9, 0.8], ["b", 0.7, 0.6]]"#,
        #"{"run": 3, "results": [{"model": "a", "pets": 0.9, "cars": 0.8}, {"model": "b", "pets": 0.7, "cars": 0.6}]}"#,
        #"{"a": {"pets": {"acc": 0.9}, "cars": {"acc": 0.8}}, "b": {"pets": {"acc": 0.7}, "cars": {"acc": 0.6}}}"#,
        "Some words.\n\n| model | pets | cars |\n|---|---|---|\n| a | 0.9 | 0.8 |\n| b | 0.7 | 0.6 |\n\nMore words.\n",
        "# run 12\n# of June\nmodel,pets,cars\na,0.9,0.8\n# b was slow\nb,0.7,0.6\n",
        "Results of June,,\n,,\nmodel,pets,cars\na,0.9,0.8\nb,0.7,0.6\n",
        "\"sep=;\"\nmodel;pets;cars\na;0.9;0.8\nb;0.7;0.6\n",
        "model,pets,cars\na,0.9,0.8\nmodel,pets,cars\nb,0.7,0.6\n",
    ])
    func theSameTableInOtherShapes(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == ["a", "b"] && Set(zoo.datasets.map(\.name)) == ["pets", "cars"], "\(table)")
        #expect(try TableCase.result(zoo, "b", "cars") == 0.6)
    }

    @Test func anEvaluationOfTheHarnessIsRead() throws {
        let zoo = try TableCase.zoo(
            #"{"results": {"arc": {"acc,none": 0.5, "acc_stderr,none": 0.01, "alias": "arc"}, "hella": {"acc,none": 0.6}}, "versions": {"arc": 1}, "config": {"model": "hf", "model_args": "pretrained=org/m,dtype=auto"}}"#
        )
        #expect(zoo.models.map(\.name) == ["org/m"] && zoo.results.count == 2)
        #expect(try TableCase.result(zoo, "org/m", "arc") == 0.5)
    }

    /// What is no table of results is refused, with the reason.
    @Test(arguments: [
        "mean_fit_time,param_C,params,split0_test_score,mean_test_score\n.1,1,{},.9,.8\n.2,2,{},.8,.7\n",
        "number,value,datetime_start,params_lr,state\n0,.9,2024,.1,COMPLETE\n1,.8,2024,.2,COMPLETE\n",
        "a,pets,.9\nb,pets,.8\nc,pets,.7\n",
        "\\begin{tabular}{lr}\nmodel & pets \\\\\na & 0.9 \\\\\n\\end{tabular}\n",
        "<table><tr><th>model</th><th>pets</th></tr><tr><td>a</td><td>0.9</td></tr></table>\n",
        "model,pets,cars\na,.9,.8\nb,.8,.7\nmodel,asr WER,tts MOS\na,3,4\nb,4,5\n",
        "model,train_acc,val_acc,test_acc\na,.99,.9,.8\nb,.98,.8,.7\n",
    ])
    func whatIsNoTableOfResultsIsRefused(_ table: String) {
        #expect(throws: ZooError.self) { _ = try TableCase.zoo(table) }
    }

    /// The best of metrics that few have does not stand for a dataset, and two cutoffs of one measure are two.
    @Test func metricsAndNames() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,metric,value\na,iris,predictive_accuracy,.95\nb,iris,predictive_accuracy,.94\nc,iris,predictive_accuracy,.9\na,iris,root_mean_squared_error,.2\n"
        )
        #expect(zoo.results.count == 3)
        let near = try TableCase.zoo("model,pets@5,pets@1\na,.9,.8\nb,.8,.7\nc,.7,.6\n")
        #expect(TableCase.note(near, "nearly equal names") == nil)
    }

    @Test func unitsOfCountsInHeaders() throws {
        let zoo = try TableCase.zoo("model,params (M),pets,cars\na,22.1,.9,.8\nb,86,.8,.7\nc,304,.7,.6\n")
        #expect(zoo.models.map(\.parameters) == [22_100_000, 86_000_000, 304_000_000])
    }

    // MARK: Rows of one name

    @Test func rowsOfOneNameInAWideTableAreRefusedWithWhatToType() throws {
        let table = "model,pets,cars\nresnet,0.91,0.81\nresnet,0.93,0.83\nvit,0.95,0.85\n"
        #expect(
            throws: ZooError.table(
                .content(.repeatedRow("resnet", column: "model", line: 2, apart: nil), file: "records.csv", line: 3))
        ) { _ = try TableCase.zoo(table) }
        var options = ReadingOptions()
        options.runs = .best
        let zoo = try TableCase.zoo(table, options: options)
        #expect(try TableCase.result(zoo, "resnet", "pets") == 0.93)
        #expect(zoo.models.count == 2)
    }

    /// What the program suggests is never a column that would load nonsense.
    @Test func aColumnIsNotSuggestedForTheDatasetsWhereNoModelStandsInSeveral() throws {
        func suggestion(_ table: String) -> String? {
            let error = #expect(throws: ZooError.self) { _ = try TableCase.zoo(table) }
            guard case .table(.content(.missingColumns(_, known: _, let line), file: _, line: _))? = error else {
                return nil
            }
            return line
        }
        let one =
            "model,img_size,top1,top5,interpolation\na,224,80.1,95,bicubic\nb,224,81.1,96,bicubic\nc,224,82,97,nearest\n"
        #expect(suggestion(one) == "model=model,dataset=NAME")
        let two = "model,on,top1,top5\na,pets,80.1,95\na,cars,81.1,96\nb,pets,82,97\n"
        #expect(suggestion(two) == "model=model,dataset=on")
    }

    @Test func aRowOfRanksIsNoDataset() throws {
        let zoo = try TableCase.zoo(
            "Dataset,BERT,RoBERTa\nCoLA,60.5,68\nSST-2,94.9,96.4\nAverage,77.7,82.2\nRank,2,1\nTotal,155.4,164.4\n")
        #expect(zoo.datasets.map(\.name) == ["CoLA", "SST-2"])
    }

    @Test func aMetricWithAnArrowIsNotADatasetCalledByTheArrow() throws {
        let zoo = try TableCase.zoo("Model,COCO mAP ↑,FID ↓\nA,40.1,12.2\nB,42.1,10.2\n")
        #expect(!zoo.datasets.contains { $0.name == "↓" })
    }

    /// Groups are means of their tasks, the first filter is the task's own, and shots that differ are said.
    @Test func anEvaluationsGroupsAndFiltersAreNoFurtherResults() throws {
        func harness(_ model: String, _ value: Double, _ shots: Int) -> String {
            """
            {"results": {"arc": {"acc,none": \(value)}, "gsm8k": {"exact_match,strict-match": \(value),
            "exact_match,flexible-extract": 0.9}, "mmlu": {"acc,none": 0.6}, "mmlu_law": {"acc,none": \(value)}},
            "group_subtasks": {"mmlu": ["mmlu_law"], "arc": []}, "n-shot": {"arc": \(shots), "gsm8k": 5},
            "model_name": "\(model)"}
            """
        }
        let folder = try HubFolder([
            "org__a/results_2024-05-01.json": harness("org/a", 0.35, 25),
            "org__b/results_2024-05-01.json": harness("org/b", 0.45, 0),
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(Set(zoo.datasets.map(\.name)) == ["arc", "gsm8k", "mmlu_law"])
        #expect(try TableCase.result(zoo, "org/a", "gsm8k") == 0.35)
        #expect(TableCase.note(zoo, "differ in 'shots'")?.examples == ["arc: 25, 0"])
        #expect(TableCase.note(zoo, "groups of tasks") != nil)
    }

    @Test func foldersOfEvaluationsAreReadAFileAModel() throws {
        func harness(_ model: String, _ value: Double) -> String {
            """
            {"results": {"arc_easy": {"alias": "arc_easy", "acc,none": \(value), "acc_stderr,none": 0.01},
            "wikitext": {"word_perplexity,none": 30.5}}, "n-shot": {"arc_easy": 0}, "model_name": "\(model)"}
            """
        }
        let folder = try HubFolder([
            "org__a/results_2024-05-01.json": harness("org/a", 0.35),
            "org__b/results_2024-05-01.json": harness("org/b", 0.45),
            "c/results_2024.json":
                #"{"config_general": {"model_name": "org/c"}, "results": {"arc_easy": {"acc": 0.5, "acc_stderr": 0.01}, "all": {"acc": 0.5}}}"#,
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(Set(zoo.models.map(\.name)) == ["org/a", "org/b", "org/c"])
        #expect(Set(zoo.datasets.map(\.name)) == ["arc_easy", "wikitext"])
        #expect(try TableCase.result(zoo, "org/c", "arc_easy") == 0.5)
        #expect(try TableCase.metric(zoo, "wikitext").higherIsBetter == false)
        #expect(TableCase.note(zoo, "files of evaluations")?.count == 3)
    }
}
