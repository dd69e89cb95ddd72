import Foundation

/// What an embedding of a graph, and the results that the graph has, say of pairs of a model and a dataset: numbers that mean
/// the same whichever seed and axes the embedding has.
struct GraphFeatures {
    static let columns = [
        "level", "dot product", "cosine", "near datasets", "near models on near datasets", "score", "spread",
        "level of near models", "log results",
    ]
    /// Of each column whether more of it can only speak for the model. Trees that may think otherwise, where few datasets
    /// seem to say so, predict worse.
    static let rising = columns.map { !["level", "spread", "log results"].contains($0) }

    /// Each model's level: its effect, drawn towards that of the models with near vectors where it has few results.
    let levels: [Double]
    private let zoo: Zoo
    private let scores: PairTable
    private let residuals: PairTable
    private let spreads: [Double]
    private let counts: [Double]
    private let nearLevels: [Double]
    private let models: Matrix
    private let datasets: Matrix
    private let modelLengths: [Double]
    private let datasetLengths: [Double]
    private let middleLength: Double

    /// What a model's or dataset's own results must outweigh, in results.
    private static let prior = 0.5
    /// Powers that make near vectors count and others not.
    private static let modelPower = 4.0
    private static let datasetPower = 2.0
    /// The share of a result that the level of near models counts for.
    private static let levelPrior = 0.1
    private static let modelBlock = 256

    /// - Parameter table: results on one scale, without those that the embedding's graph lacks.
    /// - Complexity: O(models² · dimension).
    init(_ embedding: Embedding, of zoo: Zoo, table: PairTable, scores: PairTable) {
        self.zoo = zoo
        self.scores = scores
        let width = embedding.dimension
        let all = embedding.vectors.map(Double.init)
        let split = zoo.models.count * width
        models = Matrix(rows: zoo.models.count, columns: width, values: Array(all[..<split]))
        datasets = Matrix(rows: zoo.datasets.count, columns: width, values: Array(all[split...]))
        func lengths(_ matrix: Matrix) -> [Double] {
            (0..<matrix.rows).map { row in matrix.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot() }
        }
        modelLengths = lengths(models)
        datasetLengths = lengths(datasets)
        middleLength = max(modelLengths.sorted()[modelLengths.count / 2], 1e-9)
        let effects = ResultEffects(table, zoo: zoo)
        residuals = effects.residuals
        counts = effects.counts
        var squares = [Double](repeating: 1, count: zoo.models.count)
        for entry in residuals.entries { squares[entry.model] += entry.value * entry.value }
        spreads = zip(squares, effects.counts).map { ($0 / ($1 + 1)).squareRoot() }
        let sums = Matrix(
            rows: zoo.models.count, columns: 2,
            values: zip(effects.models, effects.counts).flatMap { [$0 * $1, $1] })
        let near = Self.smoothed(sums, over: models, lengths: modelLengths)
        let nearLevels = (0..<zoo.models.count).map { near[$0, 0] / max(near[$0, 1], 1e-9) }
        self.nearLevels = nearLevels
        levels = effects.models.indices.map { model in
            effects.models[model] + Self.levelPrior / (effects.counts[model] + Self.levelPrior) * nearLevels[model]
        }
    }

    /// The features of every model on some datasets, those of the first dataset first.
    ///
    /// - Complexity: O((models² + results) · datasets).
    func rows(on chosen: [Int]) -> FeatureTable {
        let (count, width) = (zoo.models.count, chosen.count)
        let places = Matrix(
            rows: width, columns: datasets.columns, values: chosen.flatMap { datasets.row($0) })
        let cosines = LinearAlgebra.product(datasets, places, transposeB: true)
        var weights = cosines
        for dataset in 0..<datasets.rows {
            for (place, other) in chosen.enumerated() {
                let scale = datasetLengths[dataset] * datasetLengths[other]
                let cosine = scale > 0 ? cosines[dataset, place] / scale : 0
                weights[dataset, place] = dataset == other || cosine <= 0 ? 0 : pow(cosine, Self.datasetPower)
            }
        }
        // Sums of residuals and of weights, side by side.
        var sums = Matrix(rows: count, columns: 2 * width)
        for entry in residuals.entries {
            for place in 0..<width {
                let weight = weights[entry.dataset, place]
                if weight == 0 { continue }
                sums[entry.model, place] += weight * entry.value
                sums[entry.model, width + place] += weight
            }
        }
        let smoothed = Self.smoothed(sums, over: models, lengths: modelLengths)
        let dots = LinearAlgebra.product(models, places, transposeB: true)
        var values: [Float] = []
        values.reserveCapacity(count * width * Self.columns.count)
        for (place, dataset) in chosen.enumerated() {
            let length = max(datasetLengths[dataset], 1e-9)
            for model in 0..<count {
                let dot = dots[model, place] / length
                let row = [
                    levels[model], dot / middleLength, dot / max(modelLengths[model], 1e-9),
                    sums[model, place] / (sums[model, width + place] + Self.prior),
                    smoothed[model, place] / (smoothed[model, width + place] + Self.prior),
                    scores[model: model, dataset: dataset] ?? 0, spreads[model], nearLevels[model],
                    log(1 + counts[model]),
                ]
                for value in row { values.append(Float(value)) }
            }
        }
        return FeatureTable(columns: Self.columns, values: values)
    }

    /// Each model's sums over all models, near ones counting more.
    private static func smoothed(_ sums: Matrix, over models: Matrix, lengths: [Double]) -> Matrix {
        var result = Matrix(rows: sums.rows, columns: sums.columns)
        for start in stride(from: 0, to: sums.rows, by: modelBlock) {
            let end = min(sums.rows, start + modelBlock)
            let block = Matrix(
                rows: end - start, columns: models.columns,
                values: Array(models.values[start * models.columns..<end * models.columns]))
            var weights = LinearAlgebra.product(block, models, transposeB: true)
            for row in 0..<weights.rows {
                for other in 0..<weights.columns {
                    let scale = lengths[start + row] * lengths[other]
                    let cosine = scale > 0 ? weights[row, other] / scale : 0
                    weights[row, other] = cosine > 0 ? pow(cosine, modelPower) : 0
                }
                // A model without edges is near itself alone.
                weights[row, start + row] = 1
            }
            let part = LinearAlgebra.product(weights, sums)
            result.values.replaceSubrange(start * sums.columns..<end * sums.columns, with: part.values)
        }
        return result
    }
}
