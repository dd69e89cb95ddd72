import TransferGraphCore

/// A tidy zoo made of numbers: each result is the model's skill, plus how it suits the dataset, plus noise.
enum MadeZoo {
    /// The files of a zoo of `models` × `datasets`, with scores, distances, metadata and lineage.
    static func files(models: Int = 24, datasets: Int = 6, seed: UInt64 = 1) -> [String: String] {
        var generator = SeededGenerator(seed: seed)
        let skill = (0..<models).map { _ in generator.uniform() }
        var records = "model,dataset,score\n"
        var scores = "model,dataset,method,value\n"
        for dataset in 0..<datasets {
            for model in 0..<models {
                let suits = model % datasets == dataset ? 0.3 : 0
                let result = 0.3 + 0.4 * skill[model] + suits + 0.05 * generator.normal()
                records += "m\(model),d\(dataset),\(result)\n"
                scores += "m\(model),d\(dataset),LogME,\(result + 0.2 * generator.normal())\n"
            }
        }
        var modelRows = "model,architecture,family,parameters,dataset,accuracy\n"
        for model in 0..<models {
            modelRows +=
                "m\(model),a\(model % 4),f\(model % 3),\(1000 * (model + 1)),d\(model % datasets),0.\(5 + model % 5)\n"
        }
        var similarity = "dataset_a,dataset_b,distance\n"
        for a in 0..<datasets {
            for b in 0..<a { similarity += "d\(a),d\(b),\(a - b)\n" }
        }
        let lineage = "model,parent\n" + (1..<models).map { "m\($0),m\($0 / 2)\n" }.joined()
        let sizes = "dataset,size,classes\n" + (0..<datasets).map { "d\($0),\(100 * ($0 + 1)),\($0 + 2)\n" }.joined()
        return [
            "records.csv": records, "scores.csv": scores, "models.csv": modelRows, "similarity.csv": similarity,
            "lineage.csv": lineage, "datasets.csv": sizes,
        ]
    }
}
