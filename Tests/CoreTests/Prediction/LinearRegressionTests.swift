import Testing
import TransferGraphCore

@Suite struct LinearRegressionTests {
    private func predict(_ training: [Float], _ results: [Float], _ queries: [Float]) throws -> [Double] {
        try Predictor.linearRegression.predict(
            training: FeatureTable(columns: ["a", "b"], values: training), results: results,
            queries: FeatureTable(columns: ["a", "b"], values: queries), members: 1, seed: 1, work: .unwatched)
    }

    @Test func aStraightLineIsFound() throws {
        let training: [Float] = [0, 1, 1, 0, 2, 5, 3, 2, 4, 4]
        let results = stride(from: 0, to: training.count, by: 2).map { 2 * training[$0] - training[$0 + 1] + 3 }
        let predicted = try predict(training, results, [10, 1, -1, 2])
        #expect(abs(predicted[0] - 22) < 1e-3)
        #expect(abs(predicted[1] + 1) < 1e-3)
    }

    @Test func whatIsNotKnownCountsAsTheMean() throws {
        let predicted = try predict([0, 7, 1, .nan, 2, 7], [0, 1, 2], [3, .nan, .nan, 7])
        #expect(abs(predicted[0] - 3) < 1e-4)
        #expect(abs(predicted[1] - 1) < 1e-4)
    }

    @Test func aFeatureThatIsNotFiniteIsAnErrorAndNoConstantPrediction() {
        #expect(throws: NumericalError.self) { try predict([0, 1, 1, .infinity, 2, 3], [0, 1, 2], [1, 1]) }
    }

    @Test func aResultThatIsNotFiniteIsAnErrorAndNoConstantPrediction() {
        #expect(throws: NumericalError.self) { try predict([0, 1, 1, 2, 2, 3], [0, .nan, 2], [1, 1]) }
    }
}
