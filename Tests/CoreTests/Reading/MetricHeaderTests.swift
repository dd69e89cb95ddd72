import Testing
import TransferGraphCore

/// Headers that name a metric, a mean, a rank or a run, and no dataset.
struct MetricHeaderTests {
    /// How a metric was averaged is no dataset.
    @Test(arguments: [
        "F1 (macro)", "F1 (micro)", "Accuracy (5-shot)", "acc (top-1)", "weighted F1", "MCC (10 folds)", "macro-F1",
        "Accuracy [k=5]",
    ])
    func waysToTakeAMetricAreNoDatasets(_ name: String) {
        #expect(MetricKnowledge.datasetAndMetric(name) == nil, "\(name)")
        #expect(MetricKnowledge.isHeader(name))
    }

    @Test(arguments: [
        ("F1 (CoNLL)", "CoNLL", "F1"), ("pets macro F1", "pets", "macro F1"), ("WER (clean)", "clean", "WER"),
    ])
    func datasetsBesideMetricsAreStillFound(_ name: String, _ dataset: String, _ metric: String) throws {
        let parts = try #require(MetricKnowledge.datasetAndMetric(name))
        #expect(parts.dataset == dataset && parts.metric == metric)
    }

    /// Columns of metrics alone are no wide table: the dataset is missing.
    @Test func columnsOfMetricsAloneAreRefused() {
        let error = #expect(throws: ZooError.self) {
            try TableCase.zoo("model,F1 (macro),F1 (micro)\na,.8,.9\nb,.7,.8\nc,.6,.7\n")
        }
        guard case .table(.content(.missingColumns(let missing, _, _), _, _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(missing == ["dataset"])
    }

    /// A metric among datasets does not say whose it is: it keeps its whole name, and that is said.
    @Test func aMetricAmongDatasetsIsNamed() throws {
        let zoo = try TableCase.zoo("model,pets,F1 (macro),dtd\na,.8,.9,.7\nb,.7,.8,.6\nc,.6,.7,.5\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "F1 (macro)", "dtd"])
        #expect(try TableCase.metric(zoo, "F1 (macro)").name == "F1 (macro)")
        #expect(TableCase.note(zoo, "with no word on whose")?.what.hasSuffix("'F1 (macro)'") == true)
    }

    @Test(arguments: ["MedAE", "median absolute error", "MdAE", "median_absolute_error", "medae_test"])
    func theMedianAbsoluteErrorIsAnError(_ name: String) {
        #expect(MetricKnowledge.higherIsBetter(name) == false)
    }

    @Test func lessOfAMedianAbsoluteErrorIsBetter() throws {
        let zoo = try TableCase.zoo("model,dataset,MedAE\na,p,.8\nb,p,.7\na,q,.8\nb,q,.7\n")
        #expect(try TableCase.metric(zoo, "p").higherIsBetter == false)
    }

    /// Places in an order are no results, so no line that is shown takes them for such.
    @Test func ranksAreNotSuggestedAsScores() {
        let error = #expect(throws: ZooError.self) {
            try TableCase.zoo("model,pets_rank,dtd_rank\na,1,2\nb,2,1\nc,3,3\n")
        }
        guard case .table(.content(.missingColumns(_, _, let line), _, _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line == "model=model,dataset=NAME,score=NAME")
    }

    @Test(arguments: ["Mean (2 tasks)", "pets_dtd_mean", "Overall Acc.", "Average of all tasks", "Mean Score"])
    func meansByTheirNamesAreNoDatasets(_ name: String) throws {
        let zoo = try TableCase.zoo("model,pets,dtd,\(name)\na,.8,.9,.7\nb,.7,.8,.6\nc,.6,.7,.5\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "dtd"], "\(name)")
    }

    // MARK: Rows of a header that say what they name

    /// The first column of a header of several rows names the rows: `Dataset` there says that columns are datasets.
    @Test(arguments: [
        "Group,Natural,Natural,Structured,\nDataset,Caltech,CIFAR,Clevr,Mean\nMetric,acc,acc,mae,\n",
        "Group,Natural,,Structured,\nDataset,Caltech,CIFAR,Clevr,Mean\n",
        "Benchmark,A,A,B,B\nTask,Caltech,CIFAR,Clevr,Mean\n",
    ])
    func labelsOfHeaderRowsSayWhatColumnsAre(_ header: String) throws {
        let zoo = try TableCase.zoo(header + "ViT,90.8,84.1,0.55,58\nRN50,88.1,79.5,0.61,56\nBiT,86.2,75.1,0.7,54\n")
        #expect(zoo.models.map(\.name) == ["ViT", "RN50", "BiT"])
        #expect(zoo.datasets.map(\.name) == ["Caltech", "CIFAR", "Clevr"])
        #expect(try TableCase.metric(zoo, "Clevr").higherIsBetter == !header.contains("mae"))
    }

    // MARK: Columns beside results

    /// Spreads that stand beside their results are no results, whatever they are called.
    @Test(arguments: ["pets,pets_err,dtd,dtd_err", "pets,±,dtd,±", "pets,std,dtd,std", "pets,pets se,dtd,dtd se"])
    func spreadsBesideResultsAreNoDatasets(_ columns: String) throws {
        let zoo = try TableCase.zoo("model,\(columns)\na,.9,.01,.85,.01\nb,.8,.01,.75,.02\nc,.7,.01,.65,.02\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "dtd"])
        #expect(TableCase.note(zoo, "columns that are no results")?.count == 2)
    }

    /// Numbers of one digit are each other's means by chance.
    @Test func aColumnOfFewDigitsIsNoMeanByChance() throws {
        let zoo = try TableCase.zoo("model,a,b,c,d\nx,.9,.8,.85,.8\ny,.8,.7,.75,.7\nz,.7,.6,.65,.6\n")
        #expect(zoo.datasets.map(\.name) == ["a", "b", "c", "d"])
        let mean = try TableCase.zoo("model,a,b,c,d\nx,90.1,70.2,50.3,70.2\ny,80.4,60.2,55.2,65.27\nz,71,60,40,57\n")
        #expect(mean.datasets.map(\.name) == ["a", "b", "c"])
    }

    @Test func aColumnOfSplitDatasetAndMetricIsAllThree() throws {
        let zoo = try TableCase.zoo(
            "model,test/pets/acc,test/dtd/acc,val/pets/acc\na,.9,.8,.1\nb,.8,.7,.2\nc,.7,.6,.3\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "dtd"])
        #expect(try TableCase.result(zoo, "a", "pets") == 0.9)
        #expect(try TableCase.metric(zoo, "pets").name == "acc")
    }

    /// Marks of groups and footnotes are no part of a name.
    @Test func marksAroundNamesAreTakenOff() throws {
        let zoo = try TableCase.zoo("model,● CIFAR-100,◦ EuroSAT\nViT†,.9,.8\nRN,.8,.7\nBiT,.7,.6\n")
        #expect(
            zoo.datasets.map(\.name) == ["CIFAR-100", "EuroSAT"] && zoo.models.map(\.name) == ["ViT", "RN", "BiT"])
        #expect(TableCase.note(zoo, "marks or an address around them")?.count == 3)
        let spaced = try TableCase.zoo("model,dataset,score\na,pets\u{A0},.9\nb,pets,.8\n")
        #expect(spaced.datasets.map(\.name) == ["pets"] && TableCase.note(spaced, "marks or an address") == nil)
    }
}
