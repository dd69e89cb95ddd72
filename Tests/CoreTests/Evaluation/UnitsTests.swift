import Testing
import TransferGraphCore

/// What of an evaluation says something: means over targets, and predictions.
@Suite struct UnitsTests {
    private func zoo(_ metrics: [DatasetMetric]) -> Zoo {
        let datasets = metrics.indices.map { index in
            var dataset = Dataset(name: "d\(index)")
            dataset.metric = metrics[index]
            return dataset
        }
        return Zoo(
            name: "made", models: [], datasets: datasets,
            results: PairTable(datasetCount: datasets.count, entries: []))
    }

    @Test func aUnitIsAScaleOrAMetricThatIsKeptAsWritten() {
        let accuracy = DatasetMetric(name: "accuracy", scale: .fraction)
        let wer = DatasetMetric(name: "wer", higherIsBetter: false, scale: .fraction)
        let percent = DatasetMetric(name: "accuracy", scale: .percent)
        let rmse = DatasetMetric(name: "rmse", higherIsBetter: false)
        #expect(zoo([accuracy, wer]).haveOneUnit([0, 1]))
        #expect(!zoo([accuracy, percent]).haveOneUnit([0, 1]))
        #expect(!zoo([accuracy, rmse]).haveOneUnit([0, 1]) && zoo([accuracy, rmse]).haveOneUnit([1]))
        #expect(zoo([rmse, DatasetMetric(name: "RMSE")]).haveOneUnit([0, 1]))
        #expect(!zoo([rmse, DatasetMetric(name: "mae")]).haveOneUnit([0, 1]))
        #expect(zoo([DatasetMetric(), DatasetMetric()]).haveOneUnit([0, 1]))
    }

    /// Three models have results on both datasets, two on the second alone.
    @Test(arguments: ["history", "history:similarity"]) func theMeanOfAllIsCounted(method: String) throws {
        let entries =
            (0..<3).map { PairTable.Entry(model: $0, dataset: 0, value: Double($0)) }
            + (0..<5).map { PairTable.Entry(model: $0, dataset: 1, value: Double($0)) }
        let zoo = Zoo(
            name: "made", models: (0..<5).map { Model(name: "m\($0)") },
            datasets: (0..<2).map { Dataset(name: "d\($0)") }, results: PairTable(datasetCount: 2, entries: entries))
        var evaluator = Evaluator(methods: [method, "random"])
        evaluator.targets = [0, 1]
        evaluator.seeds = [1, 2]
        let evaluation = try evaluator.evaluate(zoo)
        #expect(evaluation.fillerCount(method: method) == 2 && evaluation.fillerCount(method: "random") == 0)
        for cell in evaluation.cells {
            #expect(cell.fillerCount == (cell.method == method && cell.target == 1 ? 2 : 0))
        }
    }
}
