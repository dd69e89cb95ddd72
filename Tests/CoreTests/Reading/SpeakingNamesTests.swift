import Testing
import TransferGraphCore

/// Tables whose names say more than whom they name: a metric in a row's name, units below the header, marks, a file called by
/// its metric. Each of these once gave a wrong order, or models and datasets that are none.
struct SpeakingNamesTests {
    private func zoo(_ file: String, _ text: String) throws -> Zoo {
        let folder = try HubFolder([file: text])
        return try Zoo.load(paths: [folder.url.appendingPathComponent(file).path])
    }

    // MARK: Metrics in the names of rows

    @Test func metricsInTheNamesOfRowsTellTheDirections() throws {
        let zoo = try TableCase.zoo(
            "Task,A,B,C\nLibriSpeech (WER),3.1,2.5,5.6\nSST-2 (Acc.),92.7,94.6,95.8\nWikiText (ppl),18,16,24\n")
        #expect(Set(zoo.datasets.map(\.name)) == ["LibriSpeech", "SST-2", "WikiText"])
        #expect(try TableCase.metric(zoo, "LibriSpeech").higherIsBetter == false)
        #expect(try TableCase.metric(zoo, "WikiText").higherIsBetter == false)
        #expect(try TableCase.metric(zoo, "SST-2").higherIsBetter)
        #expect(TableCase.note(zoo, "rows named by a dataset and its metric")?.count == 3)
        let two = try TableCase.zoo("Task,A,B\nSTS-B (Pearson/Spearman),88,90\nlibri (WER),5,4\n")
        #expect(two.datasets.map(\.name) == ["STS-B (Pearson/Spearman)", "libri"])
        let some = try TableCase.zoo("Task,A,B,C\nasr WER,3.1,2.5,5.6\npets,92.7,94.6,95.8\n")
        #expect(try TableCase.metric(some, "asr WER").higherIsBetter == false)
        let across = try TableCase.zoo("Metric,A,B\nPSNR,30,31\nWER,5,4\n")
        #expect(across.models.map(\.name) == ["A", "B"])
        #expect(try TableCase.metric(across, "WER").higherIsBetter == false)
        let down = try TableCase.zoo("model,pets,cars,WER\na,90,80,5\nb,91,81,4\n")
        #expect(try TableCase.metric(down, "WER").higherIsBetter == false)
    }

    @Test(arguments: ["Metric", "", "Evaluation"])
    func rowsOfMetricsWithArrowsAreDatasets(_ corner: String) throws {
        let zoo = try TableCase.zoo(
            "\(corner),A,B,C\nWER ↓ (clean),3,2,1\nWER ↓ (noisy),6,5,4\nAcc ↑ (SST-2),90,91,92\n")
        #expect(zoo.models.map(\.name) == ["A", "B", "C"])
        #expect(zoo.datasets.map(\.name) == ["clean", "noisy", "SST-2"])
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false, true])
        #expect(try TableCase.result(zoo, "C", "clean") == 1)
    }

    @Test func aMetricSetApartInSomeColumnsIsNoPartOfTheirNames() throws {
        let helm = try TableCase.zoo(
            "Model,Mean win rate,MMLU - EM,BoolQ - ECE (10-bin),CNN/DailyMail - ROUGE-2,MARCO - RR@10,RAFT - own\na,0.6,0.45,0.1,0.14,0.45,.6\nb,0.5,0.35,0.2,0.13,0.37,.5\nc,.4,.3,.3,.1,.2,.4\n"
        )
        #expect(helm.datasets.map(\.name) == ["MMLU", "BoolQ", "CNN/DailyMail", "MARCO", "RAFT - own"])
        #expect(helm.datasets.map(\.metric.higherIsBetter) == [true, false, true, true, true])
        let mixed = try TableCase.zoo("model,libri (WER),pets,cars\na,3,90,80\nb,2,91,81\nc,1,92,82\n")
        #expect(mixed.datasets.map(\.name) == ["libri", "pets", "cars"])
        #expect(try TableCase.metric(mixed, "libri").higherIsBetter == false)
    }

    // MARK: Files and units

    @Test(arguments: [
        ("wer.csv", "model,pets,cars\na,.31,.5\nb,.2,.4\nc,.4,.7\n"),
        ("test_loss.csv", "model,pets,cars\na,.31,.5\nb,.2,.4\nc,.4,.7\n"),
        ("results_rmse.csv", "model,dataset,score\na,pets,.31\na,cars,.5\nb,pets,.2\nb,cars,.4\n"),
    ])
    func aFileCalledByAnErrorHoldsErrors(_ file: String, _ text: String) throws {
        let zoo = try self.zoo(file, text)
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [false, false])
        #expect(TableCase.note(zoo, "stands in the name of the file")?.count == 1)
    }

    @Test func aFileCalledByAnErrorDoesNotOverruleItsColumns() throws {
        let zoo = try self.zoo("wer.csv", "model,dataset,metric,score\na,pets,accuracy,.9\nb,pets,accuracy,.8\n")
        #expect(zoo.datasets.allSatisfy { $0.metric.higherIsBetter })
    }

    @Test func unitsBelowTheHeaderAreNoNames() throws {
        let zoo = try TableCase.zoo(
            "model,speed,memory,pets,cars\n,img/s,GB,%,%\na,100,3,91,80\nb,200,4,90,81\nc,400,2,80,70\n")
        #expect(zoo.datasets.map(\.name) == ["pets (%)", "cars (%)"])
        #expect(zoo.models.map(\.name) == ["a", "b", "c"])
    }

    @Test func oneAmongErrorsInPercentIsOnePercent() throws {
        let zoo = try TableCase.zoo("model,dataset,wer\na,x,3\nb,x,2\nc,x,1\nd,x,2.5\n")
        #expect(try TableCase.result(zoo, "c", "x") == 1)
        // Of an accuracy it is all of them.
        let right = try TableCase.zoo("model,dataset,accuracy\na,x,93\nb,x,92\nc,x,1\nd,x,95\n")
        #expect(try TableCase.result(right, "c", "x") == 100)
    }

    // MARK: What is no model and no dataset

    @Test func peopleAndChanceAreNoModels() throws {
        let rows = [("Random", 2.7, 0.5), ("Human", 99, 97), ("A", 91, 80), ("B", 90, 81), ("SOTA", 93, 90)]
        let wide = try TableCase.zoo(
            "Model,Pets,Cars\n" + rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined())
        #expect(wide.models.map(\.name) == ["A", "B"])
        #expect(TableCase.note(wide, "no models to choose")?.count == 3)
        let long = try TableCase.zoo(
            "model,dataset,score\n" + rows.map { "\($0.0),pets,\($0.1)\n\($0.0),cars,\($0.2)\n" }.joined())
        #expect(long.models.map(\.name) == ["A", "B"] && long.results.count == 4)
        #expect(TableCase.note(long, "no models to choose")?.count == 6)
        let across = try TableCase.zoo("Dataset,Human,A,B\nPets,99,91,90\nCars,97,80,81\n")
        #expect(across.models.map(\.name) == ["A", "B"])
        // A model that the zoo describes is one, whatever it is called.
        let described = try TableCase.zoo(
            "model,dataset,score\nrandom,pets,.1\nb,pets,.9\n", ["models.csv": "model,parameters\nrandom,5\nb,6\n"])
        #expect(described.models.map(\.name) == ["random", "b"])
    }

    @Test func howOftenAPaperIsCitedIsNoDataset() throws {
        let zoo = try TableCase.zoo(
            "Model,Year,Citations,Pets,Cars\na,2019,1000,91,80\nb,2021,300,93,85\nc,2022,99,92,86\n")
        #expect(zoo.datasets.map(\.name) == ["Pets", "Cars"])
    }

    // MARK: Marks

    @Test func linksAroundNamesAreNoPartOfThem() throws {
        let zoo = try TableCase.zoo(
            """
            Model,dataset,accuracy
            "<a target=""_blank"" href=""https://x.y/org/a"">org/a</a>",datasets/imdb,.9
            [org/b](https://x.y),imdb,.8
            **c**,https://huggingface.co/datasets/stanfordnlp/imdb,.7

            """)
        #expect(zoo.models.map(\.name) == ["org/a", "org/b", "c"])
        #expect(zoo.datasets.map(\.name) == ["imdb", "stanfordnlp/imdb"])
        #expect(try TableCase.result(zoo, "org/a", "imdb") == 0.9)
        #expect(TableCase.note(zoo, "marks or an address around them")?.count == 5)
    }

    // MARK: Objects in objects

    @Test func objectsInRowsOfJSONAreColumns() throws {
        let nested = [
            #"{"model": {"name": "a", "params": 5}, "dataset": "x", "metrics": {"accuracy": 0.9, "loss": 0.3}}"#,
            #"{"model": {"name": "b", "params": 6}, "dataset": "x", "metrics": {"accuracy": 0.8, "loss": 0.4}}"#,
        ].joined(separator: "\n")
        let zoo = try self.zoo("runs.jsonl", nested)
        #expect(try TableCase.result(zoo, "a", "x") == 0.9)
        #expect(zoo.models.map(\.name) == ["a", "b"])
        let spreads = try self.zoo(
            "runs.json",
            #"[{"model": "a", "dataset": "x", "accuracy": {"value": 0.9, "stderr": 0.01}}, {"model": "b", "dataset": "x", "accuracy": {"value": 0.8, "stderr": 0.02}}]"#
        )
        #expect(try TableCase.result(spreads, "b", "x") == 0.8)
        let deep = try self.zoo("r.json", #"{"imdb": {"bert": {"acc": 0.9}, "gpt": {"acc": 0.92}}}"#)
        #expect(TableCase.note(deep, "'imdb' a dataset, then 'bert', 'gpt' models, then 'acc' a metric") != nil)
        #expect(deep.models.map(\.name) == ["bert", "gpt"] && deep.datasets.map(\.name) == ["imdb"])
    }

    // MARK: What to type

    /// Any folder has texts with tables of something: the folder is no zoo, and the text is named first.
    @Test func aTextWithATableOfSomethingElseIsNamed() throws {
        let folder = try HubFolder(["README.md": "# Words\n", "cls.md": "| m | p |\n|---|---|\n| a | x |\n"])
        #expect(throws: ZooError.notRecognised(path: folder.url.path, files: ["cls.md", "README.md"])) {
            _ = try Zoo.load(paths: [folder.url.path])
        }
    }

    @Test func filesOfProgramsAreNoTables() throws {
        let folder = try HubFolder([
            "package.json": #"{"name": "x"}"#, "results2.csv": "model,pets,cars\na,.9,.8\nb,.8,.7\n",
        ])
        #expect(try Zoo.load(paths: [folder.url.path]).models.count == 2)
    }

    // MARK: Folders of runs

    @Test func foldersOfTrainersAreRunsOfTheirModels() throws {
        func run(_ accuracy: Double) -> String {
            #"{"epoch": 3.0, "eval_accuracy": \#(accuracy), "eval_loss": 0.5, "eval_runtime": 3.2, "train_loss": 0.1}"#
        }
        let folder = try HubFolder([
            "bert/cola/all_results.json": run(0.8), "bert/cola/eval_results.json": run(0.1),
            "bert/sst2/seed-1/all_results.json": run(0.9), "bert/sst2/seed-2/eval_results.json": run(0.7),
            "runs/gpt-finetuned-cola/all_results.json": run(0.6), "lost/all_results.json": run(1),
            "bert/bad/all_results.json": "{",
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(zoo.models.map(\.name) == ["bert", "gpt"] && Set(zoo.datasets.map(\.name)) == ["cola", "sst2"])
        #expect(try TableCase.result(zoo, "bert", "cola") == 0.8)
        #expect(abs((try TableCase.result(zoo, "bert", "sst2") ?? 0) - 0.8) < 1e-12)
        #expect(try TableCase.metric(zoo, "cola").name == "accuracy")
        #expect(TableCase.note(zoo, "do not name a model and a dataset")?.count == 1)
        #expect(TableCase.note(zoo, "trainers that cannot be read")?.count == 1)
        #expect(TableCase.note(zoo, "the outer folder is taken for the model")?.count == 4)
    }
}
