import Testing
import TransferGraphCore

/// The plain methods that `auto` is set beside.
@Suite struct BaselineTests {
    private func prediction(_ method: any PredictionMethod, _ held: HeldOutZoo) throws -> [Double] {
        try method.predict(TargetWorkspace(held)).values.map { $0 ?? .nan }
    }

    /// Results of rank two: what is missing of the target is recovered from the other datasets.
    @Test func factorisationFillsInCells() throws {
        var generator = SeededGenerator(seed: 3)
        let left = (0..<40).map { _ in (generator.normal(), generator.normal()) }
        let right = (0..<30).map { _ in (generator.normal(), generator.normal()) }
        let models = left.indices.map { Model(name: "m\($0)") }
        let datasets = right.indices.map { Dataset(name: "d\($0)") }
        let entries = right.indices.flatMap { dataset in
            left.indices.map { model in
                PairTable.Entry(
                    model: model, dataset: dataset,
                    value: left[model].0 * right[dataset].0 + left[model].1 * right[dataset].1)
            }
        }
        let zoo = Zoo(
            name: "made", models: models, datasets: datasets,
            results: PairTable(datasetCount: datasets.count, entries: entries))
        let (held, asked) = HoldOut.completion.heldOut(zoo, target: 4, fold: 2, seed: 1)
        let values = try prediction(MatrixFactorisation(), held)
        let correlation = Measures.pearson(
            predicted: asked.map { values[$0] }, actual: asked.compactMap { zoo.results[model: $0, dataset: 4] })
        #expect(try #require(correlation) > 0.98)
    }

    /// Two families of two models, sizes unknown: a family's mean, shrunk by five results.
    @Test func aFamilysMeanIsShrunk() throws {
        var models = (0..<4).map { Model(name: "m\($0)") }
        for index in models.indices { models[index].family = index < 2 ? "a" : "b" }
        let datasets = (0..<3).map { Dataset(name: "d\($0)") }
        // Standardised: 1, 1, -1, -1 on both.
        let entries = (0..<2).flatMap { dataset in
            (0..<4).map { PairTable.Entry(model: $0, dataset: dataset, value: $0 < 2 ? 3 : 1) }
        }
        let zoo = Zoo(
            name: "made", models: models, datasets: datasets, results: PairTable(datasetCount: 3, entries: entries))
        let values = try prediction(FamilyAndSize(), zoo.holdingOut(2))
        for (value, expected) in zip(values, [4.0 / 9, 4.0 / 9, -4.0 / 9, -4.0 / 9]) {
            #expect(abs(value - expected) < 1e-9)
        }
    }

    /// The dataset that shares a word with the target decides, and a new model is like those of its name.
    @Test func nearestByTextGoesByNames() throws {
        let models = ["red-one", "red-two", "blue-one", "blue-two"].map(Model.init(name:))
        let datasets = ["german-news", "french-law", "german-law"].map(Dataset.init(name:))
        // On news red is better, on law blue.
        let results = [[3.0, 2, 1], [1.0, 2, 3]]
        let entries = (0..<2).flatMap { dataset in
            (0..<3).map { PairTable.Entry(model: $0, dataset: dataset, value: results[dataset][$0]) }
        }
        var near = datasets
        near[2] = Dataset(name: "english-news")
        func values(_ datasets: [Dataset]) throws -> [Double] {
            let zoo = Zoo(
                name: "made", models: models, datasets: datasets, results: PairTable(datasetCount: 3, entries: entries))
            return try prediction(NearestByText(), zoo.holdingOut(2))
        }
        let news = try values(near)
        #expect(news[0] > news[1] && news[1] > news[2] && news[3] < 0)
        near[2] = Dataset(name: "english-law")
        let law = try values(near)
        #expect(law[0] < law[1] && law[1] < law[2] && law[3] > 0)
    }
}
