import Support

/// A zoo's transferability scores, made comparable between datasets: within each, standardised (and held within five
/// standard deviations), and as normal quantiles of their ranks. Where a pair has no score both are zero, the mean.
///
/// Memory is linear in the scores' values.
struct ScoreFeatures: Sendable {
    /// The number of scores that have a value anywhere.
    var count: Int { tables.count }
    private let tables: [PairTable]
    /// By score, in its table's order.
    private let measured: [[Double]]
    private let ranked: [[Double]]

    /// - Complexity: O(s log s) for s score values.
    init(_ zoo: Zoo) {
        tables = zoo.scores.map(\.values).filter { $0.count > 0 }
        var measured: [[Double]] = []
        var ranked: [[Double]] = []
        for table in tables {
            var own: [Double] = []
            var ranks: [Double] = []
            for dataset in 0..<table.datasetCount {
                let values = Array(table.values[table.column(dataset)])
                let standardised = Statistics.standardised(values)
                ranks += standardised.contains { $0 != 0 } ? Statistics.rankNormal(values) : standardised
                own += standardised.map { min(max($0, -5), 5) }
            }
            measured.append(own)
            ranked.append(ranks)
        }
        self.measured = measured
        self.ranked = ranked
    }

    /// The pair's standardised scores.
    ///
    /// - Complexity: O(log) a score.
    func standardised(model: Int, dataset: Int) -> [Double] { values(measured, model: model, dataset: dataset) }

    /// The normal quantiles of the ranks of the pair's scores among the dataset's models.
    func ranks(model: Int, dataset: Int) -> [Double] { values(ranked, model: model, dataset: dataset) }

    private func values(_ by: [[Double]], model: Int, dataset: Int) -> [Double] {
        tables.indices.map { index in
            tables[index].position(model: model, dataset: dataset).map { by[index][$0] } ?? 0
        }
    }

    /// The standardised scores of every model on one dataset, `models × count`.
    func standardised(modelCount: Int, dataset: Int) -> [Double] {
        var result = [Double](repeating: 0, count: modelCount * count)
        for (index, table) in tables.enumerated() {
            for position in table.column(dataset) {
                result[Int(table.models[position]) * count + index] = measured[index][position]
            }
        }
        return result
    }

    /// The linear kernel of the models' standardised scores over all datasets, by the number of scores there are.
    ///
    /// - Parameter limit: datasets beyond this many are left out, the last ones first.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(models · rank² + values · rank).
    func profile(modelCount: Int, rank: Int, limit: Int, work: Work) throws(Cancelled) -> LowRankKernel {
        let scored = (0..<(tables.first?.datasetCount ?? 0)).filter { dataset in
            tables.contains { !$0.column(dataset).isEmpty }
        }.prefix(limit)
        let scale = 1 / Double(max(1, scored.count * count))
        var diagonal = [Double](repeating: 0, count: modelCount)
        for (index, table) in tables.enumerated() {
            for dataset in scored {
                for position in table.column(dataset) {
                    diagonal[Int(table.models[position])] +=
                        scale * measured[index][position] * measured[index][position]
                }
            }
        }
        return try LowRankKernel(diagonal: diagonal, rank: rank, work: work) { pivot in
            var row = [Double](repeating: 0, count: modelCount)
            for (index, table) in tables.enumerated() {
                for dataset in scored {
                    guard let own = table.position(model: pivot, dataset: dataset) else { continue }
                    let weight = scale * measured[index][own]
                    for position in table.column(dataset) {
                        row[Int(table.models[position])] += weight * measured[index][position]
                    }
                }
            }
            return row
        }
    }
}
