import Foundation

/// The project's own recipe for a graph: few edges, each of which says something that the others do not.
///
/// - **Similarity** joins datasets that are among each other's nearest, and each dataset to the very nearest of its own.
///   The weight is exp(-d² / (σₐ σᵦ)), where σ is a dataset's distance to the last of its nearest (Zelnik-Manor and Perona,
///   "Self-tuning spectral clustering", NIPS 2004), so that neither a crowd nor a lonely dataset loses its edges. A dataset
///   without distances is joined by the words of its name, its size and its other facts.
/// - **Results** join a model to the datasets on which it did clearly better than its own level and the dataset's would give
///   (``ResultEffects``), and each dataset to the model that did so most, if less clearly; where a model did a little better the pair is a
///   faint one, where it did worse a negative one (``UnjoinedPairs``). **Scores** do the same for transferability scores.
/// - **Pre-training** joins a model to what it learned from, the more lightly the more datasets that is; **lineage** a model
///   to its parent.
///
/// What does not depend on results is found once; ``edges(_:kinds:)`` adds what does.
package struct OwnRecipe: Sendable {
    /// The numbers of the recipe, one choice for all zoos (docs/graph.md).
    package struct Constants: Sendable, Equatable {
        /// The nearest datasets of each that may be joined to it if it is among theirs.
        package var neighbours = 5
        /// The nearest of each that are joined to it in any case.
        package var own = 3
        /// The weight of a result that lies a deviation above what was expected.
        package var result = 0.05
        /// The weight of a score that lies a standard deviation above what was expected.
        package var score = 0.165
        /// A pair whose results and scores together weigh less is no edge but a faint pair: as it is, one whose result lies less
        /// than one and a half deviations above what was expected.
        package var edge = 0.075
        /// A pair that weighs less, either way, says nothing.
        package var least = 0.01
        package var similarity = 1.0
        package var lineage = 1.0
        package var pretraining = 0.1

        package init() {}
    }

    let constants: Constants
    private let zoo: Zoo
    /// Joined datasets, with the weight.
    private let similarities: [CSRGraph.Edge]
    /// How far each score lies above what its model's and its dataset's level give, the mean over the zoo's scores.
    let scores: PairTable

    init(_ zoo: Zoo, constants: Constants) {
        self.constants = constants
        self.zoo = zoo
        similarities = DatasetNeighbours(zoo, neighbours: constants.neighbours, own: constants.own).edges
        scores = Self.scoreResiduals(zoo)
    }

    /// The edges of a zoo with these min-max normalised results, and what it knows of other pairs.
    ///
    /// - Complexity: O(results + scores).
    func edges(
        _ normalised: PairTable, kinds: Set<ZooGraph.EdgeKind>
    ) -> (edges: [ZooGraph.Edge], unjoined: UnjoinedPairs) {
        let offset = Int32(zoo.models.count)
        var edges: [ZooGraph.Edge] = []
        var unjoined = UnjoinedPairs()
        let residuals = kinds.contains(.results) ? ResultEffects(normalised, zoo: zoo).residuals : nil
        for dataset in zoo.datasets.indices {
            var better: [(edge: ZooGraph.Edge, isClear: Bool)] = []
            let results = residuals?.column(dataset) ?? 0..<0
            let scored = kinds.contains(.scores) ? scores.column(dataset) : 0..<0
            var (result, score) = (results.lowerBound, scored.lowerBound)
            // Both ascend by model.
            while result < results.upperBound || score < scored.upperBound {
                let next = result < results.upperBound ? residuals?.models[result] ?? .max : .max
                let other = score < scored.upperBound ? scores.models[score] : .max
                let model = min(next, other)
                var (byResult, byScore) = (0.0, 0.0)
                if next == model {
                    byResult = constants.result * min(3, max(-3, residuals?.values[result] ?? 0))
                    result += 1
                }
                if other == model {
                    byScore = constants.score * scores.values[score]
                    score += 1
                }
                let weight = byResult + byScore
                guard abs(weight) >= constants.least else { continue }
                let size = Float(min(1, abs(weight)))
                if weight > 0 {
                    let edge = ZooGraph.Edge(
                        from: model, to: offset + Int32(dataset), kind: byResult >= byScore ? .results : .scores,
                        weight: size
                    )
                    better.append((edge, weight >= constants.edge))
                } else {
                    unjoined.negative.append(.init(from: model, to: offset + Int32(dataset), weight: size))
                }
            }
            // Of few models none may stand out clearly: the one that does so most is joined from half of that on.
            let heaviest = better.indices.max { better[$0].edge.weight < better[$1].edge.weight }
            for (place, (edge, isClear)) in better.enumerated() {
                if isClear || place == heaviest && Double(edge.weight) >= constants.edge / 2 {
                    edges.append(edge)
                } else {
                    unjoined.faint.append(.init(from: edge.from, to: edge.to, weight: edge.weight))
                }
            }
        }
        if kinds.contains(.pretraining) {
            for (model, description) in zoo.models.enumerated() {
                let weight = constants.pretraining / Double(description.pretrainingDatasets.count).squareRoot()
                for dataset in description.pretrainingDatasets {
                    edges.append(
                        .init(
                            from: Int32(model), to: offset + Int32(dataset), kind: .pretraining, weight: Float(weight)))
                }
            }
        }
        if kinds.contains(.similarity) {
            for edge in similarities {
                edges.append(
                    .init(
                        from: offset + edge.from, to: offset + edge.to, kind: .similarity,
                        weight: edge.weight * Float(constants.similarity)))
            }
        }
        if kinds.contains(.lineage) {
            for link in zoo.joinedLineage {
                edges.append(
                    .init(
                        from: Int32(link.child), to: Int32(link.parent), kind: .lineage,
                        weight: Float(constants.lineage)))
            }
        }
        return (edges, unjoined)
    }

    private static func scoreResiduals(_ zoo: Zoo) -> PairTable {
        let transform = ResultTransform(measuredWeight: 0.5)
        var sums: [Int: (sum: Double, count: Double)] = [:]
        let width = zoo.models.count
        for score in zoo.scores {
            let table = score.values.filtered { $0.value.isFinite }
            var values: [Double] = []
            for dataset in 0..<table.datasetCount {
                values += transform.transformed(.init(Array(table.values[table.column(dataset)])))
            }
            let effects = TwoWayEffects(table, values: values, modelCount: width)
            for dataset in 0..<table.datasetCount {
                for position in table.column(dataset) {
                    let model = Int(table.models[position])
                    let residual = values[position] - effects.models[model] - effects.datasets[dataset]
                    let known = sums[dataset * width + model] ?? (0, 0)
                    sums[dataset * width + model] = (known.sum + residual, known.count + 1)
                }
            }
        }
        return PairTable(
            datasetCount: zoo.datasets.count,
            entries: sums.map { key, value in
                PairTable.Entry(model: key % width, dataset: key / width, value: value.sum / value.count)
            })
    }
}
