import TransferGraphCore

/// A tidy zoo of which few pairs were ever run, without metadata.
enum SparseZoo {
    static func files(models: Int, datasets: Int, results: Int, seed: UInt64 = 3) -> [String: String] {
        var generator = SeededGenerator(seed: seed)
        let skill = (0..<models).map { _ in generator.normal() }
        var seen: Set<Int> = []
        var lines = ["model,dataset,score"]
        // Every model and dataset has a result; the rest is drawn.
        for index in 0..<max(models, datasets) { seen.insert(index % models * datasets + index % datasets) }
        while seen.count < results { seen.insert(generator.index(below: models * datasets)) }
        for pair in seen.sorted() {
            let (model, dataset) = (pair / datasets, pair % datasets)
            lines.append("m\(model),d\(dataset),\(Double(dataset % 7) + skill[model] + 0.5 * generator.normal())")
        }
        return ["records.csv": lines.joined(separator: "\n")]
    }
}
