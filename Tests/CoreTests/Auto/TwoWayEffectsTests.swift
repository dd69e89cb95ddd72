import Testing
import TransferGraphCore

@Suite struct TwoWayEffectsTests {
    private func table(_ entries: [(Int, Int, Double)], datasets: Int) -> PairTable {
        PairTable(
            datasetCount: datasets, entries: entries.map { PairTable.Entry(model: $0.0, dataset: $0.1, value: $0.2) })
    }

    /// Ridge regression's normal equations, solved by Gaussian elimination: model 0 on datasets 0 and 1, model 1 on
    /// dataset 0, model 2 on datasets 1 and 2.
    @Test func theyAreRidgeRegressions() throws {
        let entries = [(0, 0, 1.0), (1, 0, 3.0), (0, 1, -2.0), (2, 1, 0.5), (2, 2, 4.0)]
        let table = table(entries, datasets: 3)
        let effects = TwoWayEffects(table, values: table.values, modelCount: 3, sweeps: 4000)
        var normal = Matrix(rows: 6, columns: 6)
        var right = [Double](repeating: 0, count: 6)
        for (model, dataset, value) in entries {
            for a in [model, 3 + dataset] {
                right[a] += value
                for b in [model, 3 + dataset] { normal[a, b] += 1 }
            }
        }
        for index in 0..<6 { normal[index, index] += index < 3 ? 1 : 0.1 }
        let solution = try #require(CholeskyFactor(normal)).solved(right)
        for (value, expected) in zip(effects.models + effects.datasets, solution) {
            #expect(abs(value - expected) < 1e-9)
        }
    }

    /// A model that was run on easy datasets only is no better for it.
    @Test func easyDatasetsRaiseNoModel() {
        var entries: [(Int, Int, Double)] = []
        // Models 0 to 9 everywhere, equal; model 10 on the easy half only, 11 on the hard half only; both like the others.
        for dataset in 0..<20 {
            let level = dataset < 10 ? 5.0 : -5
            for model in 0..<10 { entries.append((model, dataset, level)) }
            entries.append((dataset < 10 ? 10 : 11, dataset, level))
        }
        let table = table(entries, datasets: 20)
        let effects = TwoWayEffects(table, values: table.values, modelCount: 12)
        #expect(abs(effects.models[10] - effects.models[11]) < 0.2)
        let means = HistoryMean(table, modelCount: 12).means
        #expect((means[10] ?? 0) - (means[11] ?? 0) == 10)
    }

    /// What pairs of one kind have in common is told from how good their models are, as models have pairs of both kinds.
    @Test func aCovariatesCoefficientIsFound() {
        var generator = SeededGenerator(seed: 3)
        var entries: [(Int, Int, Double)] = []
        var covariate: [Double] = []
        for dataset in 0..<20 {
            for model in 0..<30 {
                let isMarked = model % 3 == 0 && dataset % 4 != 0
                covariate.append(isMarked ? 1 : 0)
                let level = Double(dataset % 5) + Double(model % 7) / 7
                entries.append((model, dataset, level + (isMarked ? 1.5 : 0) + 0.1 * generator.normal()))
            }
        }
        let table = table(entries, datasets: 20)
        let effects = TwoWayEffects(table, values: table.values, modelCount: 30, covariate: covariate, sweeps: 200)
        // Ridge regression shrinks it.
        #expect(abs(effects.coefficient - 1.5) < 0.25)
        // Without the covariate it would be above 1.
        #expect(abs(effects.models[0] - effects.models[7]) < 0.25)
    }
}
