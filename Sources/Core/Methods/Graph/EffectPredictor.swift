import Support

/// Predicts how far results lie above model and dataset effects, from the features of ``GraphFolds``.
struct EffectPredictor {
    let predictor: Predictor

    /// The most datasets whose results are learned from, the nearest to the target by what is known of them.
    private static let datasetLimit = 200
    /// What is learned from G datasets counts G / (G + this): from few, what sets them apart is learned along with what
    /// they have in common.
    private static let caution = 12.0

    /// - Parameter table: results on one scale.
    /// - Returns: each model's prediction on the target, on that scale, up to a constant.
    /// - Throws: ``NumericalError``; `Cancelled`.
    func predict(
        _ table: PairTable, folds: GraphFolds, workspace: TargetWorkspace, seed: UInt64
    ) throws -> [Double] {
        let zoo = workspace.zoo
        let count = zoo.known.models.count
        let learnedFrom = nearest(zoo)
        var features: [Float] = []
        var results: [Float] = []
        var groups: [Int] = []
        var queries = [Float](repeating: 0, count: count * GraphFeatures.columns.count)
        var levels = [Double](repeating: 0, count: count)
        for fold in folds.folds {
            try workspace.work.check()
            let made = GraphFeatures(
                fold.embedding, of: zoo.known, table: table.filtered { !fold.datasets.contains($0.dataset) },
                scores: folds.recipe.scores)
            let chosen = fold.datasets.filter(learnedFrom.contains).sorted()
            let rows = made.rows(on: chosen + [zoo.target])
            let width = rows.columnCount
            for (place, dataset) in chosen.enumerated() {
                let column = table.column(dataset)
                let gaps = column.map { table.values[$0] - made.levels[Int(table.models[$0])] }
                let mean = gaps.reduce(0, +) / Double(max(1, gaps.count))
                for (position, gap) in zip(column, gaps) {
                    let start = (place * count + Int(table.models[position])) * width
                    features += rows.values[start..<start + width]
                    results.append(Float(gap - mean))
                    groups.append(dataset)
                }
            }
            let start = chosen.count * count * width
            for place in queries.indices { queries[place] += rows.values[start + place] / Float(folds.folds.count) }
            for model in 0..<count { levels[model] += made.levels[model] / Double(folds.folds.count) }
        }
        let training = FeatureTable(columns: GraphFeatures.columns, values: features)
        let asked = FeatureTable(columns: GraphFeatures.columns, values: queries)
        let gaps = try predictGaps(
            training, results, groups: groups, queries: asked, seed: seed, work: workspace.work)
        let share = Double(learnedFrom.count) / (Double(learnedFrom.count) + Self.caution)
        return zip(levels, gaps).map { $0 + share * $1 }
    }

    private func predictGaps(
        _ training: FeatureTable, _ results: [Float], groups: [Int], queries: FeatureTable, seed: UInt64, work: Work
    ) throws -> [Double] {
        switch predictor {
        case .linearRegression:
            return try GroupedRidge.predict(
                training: training, results: results, groups: groups, queries: queries, work: work)
        case .randomForest:
            return try BoostedTrees(
                ensembles: 20, rounds: 1, parallelTrees: 5, depth: 4, learningRate: 1, columnsPerTree: 1,
                columnsPerNode: 0.4, rowsPerTree: 0.632, penalty: 0, leastRows: 10, seed: seed,
                rising: GraphFeatures.rising
            ).predict(training: training, results: results, queries: queries, work: work)
        case .gradientBoosting:
            return try BoostedTrees(
                ensembles: 1, rounds: 100, parallelTrees: 1, depth: 3, learningRate: 0.05, columnsPerTree: 0.8,
                columnsPerNode: 1, rowsPerTree: 0.8, penalty: 1, leastRows: 10, seed: seed, rising: GraphFeatures.rising
            ).predict(training: training, results: results, queries: queries, work: work)
        }
    }

    private func nearest(_ zoo: HeldOutZoo) -> Set<Int> {
        let all = zoo.known.datasets.indices.filter { !zoo.normalised.column($0).isEmpty }
        guard all.count > Self.datasetLimit else { return Set(all) }
        let nearness = DatasetKernels(zoo.known, relevant: all + [zoo.target], gamma: 1).nearness(to: zoo.target)
        return Set(all.sorted { (nearness[$1], $0) < (nearness[$0], $1) }.prefix(Self.datasetLimit))
    }
}
