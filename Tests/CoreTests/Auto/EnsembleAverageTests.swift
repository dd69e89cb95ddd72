import Testing
import TransferGraphCore

struct EnsembleAverageTests {
    @Test func valuesAreDealtOutInTheOrderOfTheKeys() {
        #expect(EnsembleAverage.values([0.1, 0.9, 0.5], inOrderOf: [3, 1, 2]) == [0.9, 0.1, 0.5])
    }

    @Test func equalKeysShareTheMeanOfWhatFallsToThem() {
        #expect(EnsembleAverage.values([1, 4, 2, 8], inOrderOf: [5, 7, 5, 6]) == [1.5, 8, 1.5, 4])
    }

    @Test func whereOrdersAgreeNothingMoves() {
        let values = [0.3, -1.2, 2.5, 0.4]
        let average = EnsembleAverage(groups: 20, cases: 4000, resultsPerModel: 9, constants: AutoConstants())
        let averaged = average.averaged(values, stacked: nil, effects: values, ordered: [7, 5, 9, 8])
        for (value, other) in zip(averaged, values) { #expect(abs(value - other) < 1e-12) }
    }

    /// One result a model says as much of its dataset's models as of the model.
    @Test func effectsWeighLessWhereModelsHaveFewResults() {
        func spread(_ results: Double) -> Double {
            let average = EnsembleAverage(groups: 5, cases: 1, resultsPerModel: results, constants: AutoConstants())
            let averaged = average.averaged([0, 0, 0], stacked: nil, effects: [-1, 0, 1], ordered: [0, 1, 2])
            return averaged[2] - averaged[0]
        }
        #expect(abs(spread(4) - 0.6) < 1e-12)
        #expect(abs(spread(1) - 0.15) < 1e-12)
        #expect(abs(spread(40) - 0.6) < 1e-12)
    }
}
