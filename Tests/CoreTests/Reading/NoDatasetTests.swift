import Testing
import TransferGraphCore

/// Columns of wide tables that are no datasets: totals, group means, differences, costs, counts of wins.
struct NoDatasetTests {
    // MARK: Totals and means

    @Test(arguments: [
        "Score", "Points", "Total score", "Final", "Overall score", "GLUE score", "worst", "Final score",
    ])
    func totalsBesideDatasetsAreNone(_ name: String) throws {
        let zoo = try TableCase.zoo("Model,Pets,Cars,\(name)\na,90,85,87.5\nb,93,88,90.5\nc,92,89,90\n")
        #expect(zoo.datasets.map(\.name) == ["Pets", "Cars"], "\(name)")
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 1)
    }

    @Test(arguments: ["Quality Index", "Finals", "ScoreNet"])
    func namesThatOnlyLookLikeTotalsAreDatasets(_ name: String) throws {
        let zoo = try TableCase.zoo("Model,Pets,Cars,\(name)\na,90,85,60\nb,93,88,70\nc,92,89,81\n")
        #expect(zoo.datasets.map(\.name) == ["Pets", "Cars", name])
    }

    /// VTAB's groups by their names beside its datasets; alone they are what was measured.
    @Test func groupsOfVTABAreNoDatasets() throws {
        let zoo = try TableCase.zoo(
            "Model,Caltech101,DTD,EuroSAT,Camelyon,dSprites,KITTI,Natural,Specialized,Structured\nFull,84.4,64.3,95.7,79.7,46.7,79.3,74.4,87.7,63\nVPT,90.8,65.8,95.9,83.7,45,76.5,78.3,89.8,60.8\nLoRA,91.4,70.1,96.1,84.9,49,83.3,80.8,90.5,66.2\n"
        )
        #expect(
            zoo.datasets.map(\.name) == ["Caltech101", "DTD", "EuroSAT", "Camelyon", "dSprites", "KITTI"])
        let alone = try TableCase.zoo(
            "Model,Natural,Specialized,Structured\nFull,75.9,83.4,47.6\nVPT,78.5,82.4,55\nLoRA,79.5,84.6,60.5\n")
        #expect(alone.datasets.count == 3)
    }

    private static let things = ["birds", "boats", "bugs", "trees", "towns", "tools"]

    /// The mean of a run of columns far away is found in three rows where enough digits agree.
    @Test func groupMeansByArithmeticInThreeRows() throws {
        func table(_ shift: String) -> String {
            "Model,birds,boats,bugs,trees,towns,tools,first,second\na,91.25,60.5,33.5,70,20,61.5,61.75,50.50\nb,88.5,71.5,40,65.5,31,71.5,66.67,56.00\nc,79,52,49,80.5,44.5,55,\(shift),60.00\n"
        }
        #expect(try TableCase.zoo(table("60.00")).datasets.map(\.name) == Self.things)
        #expect(try TableCase.zoo(table("61.00")).datasets.map(\.name) == Self.things + ["first"])
    }

    @Test(arguments: [
        "Average Precision on COCO", "Mean Average Precision on COCO", "average recall on LVIS",
    ])
    func averagePrecisionIsAMetric(_ name: String) throws {
        let zoo = try TableCase.zoo("model,\(name),Food-101,DTD\na-net,45,91,70\nb-net,46,92,71\nc-net,47,93,73\n")
        #expect(zoo.datasets.count == 3)
        let detection = try TableCase.zoo(
            "Model,Average precision (COCO),Average precision (LVIS),Average recall (COCO)\nyolo,45.1,30.1,57.6\ndetr,42,33,57.5\ndino,50,36,63\n"
        )
        #expect(detection.datasets.map(\.name) == ["COCO", "LVIS"])
    }

    // MARK: Differences, costs, counts

    @Test(arguments: [
        "gain", "vs. baseline (%)", "Relative improvement", "% change", "Speedup", "Ratio", "Rel. perf.", "speed-up",
        "Train h", "Epoch time", "Wins",
    ])
    func differencesAndCostsAreNone(_ name: String) throws {
        let zoo = try TableCase.zoo("Model,Pets,\(name),Cars\na,90,1,85\nb,93,3.4,88\nc,92,4,89\n")
        #expect(zoo.datasets.map(\.name) == ["Pets", "Cars"], "\(name)")
    }

    @Test func winsAndHyperparametersAreNone() throws {
        let wins = try TableCase.zoo("model,wins,losses,ties,pets,cars\na,0,2,0,90,85\nb,1,1,0,93,88\nc,1,1,0,92,89\n")
        #expect(wins.datasets.map(\.name) == ["pets", "cars"])
        let temperature = try TableCase.zoo("Model,Pets,Cars,lr,temp\na,90,85,.01,1\nb,93,88,.1,.5\nc,92,89,.1,.7\n")
        #expect(temperature.datasets.map(\.name) == ["Pets", "Cars"])
    }

    @Test func theShareOfZeroShotIsNone() throws {
        let zoo = try TableCase.zoo("Model,Zero-shot,Banking77,SciFact\na,99%,90,59\nb,95%,91,58\nc,NA,88,57\n")
        #expect(zoo.datasets.map(\.name) == ["Banking77", "SciFact"])
        let results = try TableCase.zoo("Model,Zero-shot,Banking77,SciFact\na,60,90,59\nb,61,91,58\nc,63,88,57\n")
        #expect(results.datasets.count == 3)
    }

    @Test func aLeaderboardOfOneCompetitionIsRefused() throws {
        let error = #expect(throws: ZooError.self) {
            _ = try TableCase.zoo(
                "Rank,TeamId,TeamName,LastSubmissionDate,Score,SubmissionCount\n1,123,alpha,2024-01-01 10:00:00,0.8123,12\n2,124,beta,2024-01-02 10:00:00,0.8103,22\n3,125,gamma,2024-01-03 10:00:00,0.8003,3\n"
            )
        }
        guard case .table(.content(.missingColumns(_, _, let line), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line?.contains("model=TeamName") == true && line?.contains("score=Score") == true)
    }

    // MARK: Rows that are no runs

    @Test(arguments: [
        ("eval_type", "linear", "finetune"), ("k", "1", "5"), ("eval_protocol", "knn", "linear"), ("top_k", "1", "5"),
        ("class", "cat", "dog"),
    ])
    func whatTellsResultsApartMakesDatasets(_ column: String, _ a: String, _ b: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,\(column),accuracy\nm,pets,\(a),.82\nm,pets,\(b),.9\nm,cars,\(a),.77\nm,cars,\(b),.85\nn,pets,\(a),.8\nn,pets,\(b),.88\nn,cars,\(a),.7\nn,cars,\(b),.8\n"
        )
        #expect(zoo.datasets.count == 4 && zoo.results.count == 8)
        #expect(zoo.runs.allSatisfy { $0 == 1 })
        #expect(TableCase.note(zoo, "each of its values is a dataset") != nil)
    }

    @Test func meansOverClassesAreNoDatasets() throws {
        var text = "model,dataset,class,f1-score\n"
        for (model, shift) in [("m", 0.0), ("n", 0.05), ("o", 0.1)] {
            for (name, value) in [("cat", 0.7), ("dog", 0.8), ("macro avg", 0.75), ("weighted avg", 0.76)] {
                text += "\(model),pets,\(name),\(value + shift)\n"
            }
        }
        let zoo = try TableCase.zoo(text)
        #expect(zoo.datasets.count == 2 && zoo.results.count == 6)
        #expect(TableCase.note(zoo, "mean of other datasets")?.count == 6)
    }

    // MARK: Files together

    private func load(_ files: [String: String], _ order: [String]) throws -> Zoo {
        let folder = try TemporaryZoo(files)
        return try Zoo.load(paths: order.map { folder.path + "/" + $0 })
    }

    private func table(_ value: Int) -> String { "model,pets,cars\na,\(value),50\nb,\(value + 1),51\n" }

    @Test(arguments: [("val.csv", "test.csv", "train.csv"), ("r_dev.csv", "r_test.csv", "r_train.csv")])
    func splitsInTheNamesOfFilesAreSplits(_ val: String, _ test: String, _ train: String) throws {
        let zoo = try load([val: table(70), test: table(60), train: table(90)], [val, test, train])
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"])
        #expect(try TableCase.result(zoo, "a", "pets") == 60)
        #expect(TableCase.note(zoo, "names tell splits")?.count == 3)
    }

    @Test(arguments: [
        ("1shot.csv", "5shot.csv"), ("linear_probe.csv", "finetune.csv"), ("acc_knn.csv", "acc_linear.csv"),
        ("results_zero_shot.csv", "results_few_shot.csv"),
    ])
    func settingsInTheNamesOfFilesMakeDatasets(_ one: String, _ other: String) throws {
        let zoo = try load([one: table(60), other: table(80)], [one, other])
        #expect(zoo.datasets.count == 4 && zoo.results.count == 8)
        #expect(TableCase.note(zoo, "names tell settings")?.count == 2)
    }

    /// Files that nothing tells apart are runs, and those of other metrics are what they were.
    @Test func otherFilesTogetherAreAsBefore() throws {
        let zoo = try load(["s1.csv": table(60), "s2.csv": table(80)], ["s1.csv", "s2.csv"])
        #expect(try TableCase.result(zoo, "a", "pets") == 70)
        let one = try load(["test.csv": table(60), "more.csv": "model,dtd\na,3\nb,4\n"], ["test.csv", "more.csv"])
        #expect(one.datasets.count == 3 && TableCase.note(one, "names tell splits") == nil)
    }

    // MARK: Directions

    @Test(arguments: [
        "AIC", "BIC", "MDL", "FAR", "FRR", "EER", "HTER", "APCER", "BPCER", "ACER", "FNMR", "MdAPE", "sMAPE", "MSIS",
        "OWA", "Wasserstein", "EMD", "DTW", "Chamfer", "SILog", "D1-all", "ATE", "RPE", "ASSD", "AURC", "ECE",
        "collision rate", "unsafe rate", "generalization gap", "False Acceptance Rate", "MedR", "PVE",
    ])
    func errorsOfOtherFields(_ name: String) throws {
        #expect(MetricKnowledge.higherIsBetter(name) == false)
        let zoo = try TableCase.zoo("model,dataset,\(name)\na,x,0.3\nb,x,0.2\nc,x,0.1\n")
        #expect(!zoo.datasets[0].metric.higherIsBetter && zoo.datasets[0].metric.directionSource == .name)
    }

    @Test func arrowsBehindNamesAreDirections() throws {
        for header in ["Pets ↑,Cars ↑,ETTh ↓,FID ↓", "Pets (↑),Cars↑,ETTh (↓),FID ↓"] {
            let zoo = try TableCase.zoo("Model,\(header)\na,90,85,3.2,22\nb,93,88,3.1,18\nc,92,89,3.5,17\n")
            #expect(zoo.datasets.prefix(3).map(\.name) == ["Pets", "Cars", "ETTh"], "\(header)")
            #expect(zoo.datasets.map(\.metric.higherIsBetter) == [true, true, false, false])
            #expect(zoo.datasets.allSatisfy { $0.metric.directionSource != .assumed })
            #expect(try TableCase.result(zoo, "b", "Cars") == 88)
        }
    }
}
