import Support

/// Ridge regression on standardised columns whose penalty is chosen by leaving out group after group.
///
/// Rows of one dataset err together, so that rows left out one by one would choose too small a penalty. Of the penalties whose
/// error is within a standard error of the least, the largest is taken (Hastie, Tibshirani and Friedman, "The Elements of
/// Statistical Learning", 2009, section 7.10): with few datasets that is to predict nothing.
enum GroupedRidge {
    /// By row.
    private static let penalties = [1e-3, 1e-2, 1e-1, 1, 10, 1e6]

    /// - Throws: ``NumericalError`` where features or results are not finite; `Cancelled`.
    /// - Complexity: O(n p² + g p³) for n rows, p columns and g groups.
    static func predict(
        training: FeatureTable, results: [Float], groups: [Int], queries: FeatureTable, work: Work
    ) throws -> [Double] {
        let scaler = StandardScaler(training.matrix)
        let columns = scaler.varying
        let ids = Set(groups).sorted()
        guard ids.count > 1, !columns.isEmpty else { return [Double](repeating: 0, count: queries.rowCount) }
        let design = scaler.transformed(training.matrix, columns: columns)
        let width = columns.count
        var grams = [Int: Matrix]()
        var products = [Int: [Double]]()
        let members = Dictionary(grouping: groups.indices, by: { groups[$0] })
        for (group, rows) in members {
            let part = Matrix(rows: rows.count, columns: width, values: rows.flatMap { design.row($0) })
            grams[group] = LinearAlgebra.gram(part)
            products[group] = LinearAlgebra.product(part, transposed: true, rows.map { Double(results[$0]) })
        }
        var gram = Matrix(rows: width, columns: width)
        var product = [Double](repeating: 0, count: width)
        for group in ids {
            for place in gram.values.indices { gram.values[place] += grams[group]?.values[place] ?? 0 }
            for place in product.indices { product[place] += products[group]?[place] ?? 0 }
        }
        func coefficients(_ penalty: Double, without group: Int?) throws -> [Double] {
            var own = gram
            var target = product
            if let group, let less = grams[group], let lessProduct = products[group] {
                for place in own.values.indices { own.values[place] -= less.values[place] }
                for place in target.indices { target[place] -= lessProduct[place] }
            }
            for column in 0..<width { own[column, column] += penalty * Double(design.rows) }
            guard let factor = try CholeskyFactor(own.values, count: width, work: work) else {
                throw NumericalError.notPositiveDefinite(.normalEquations)
            }
            return factor.solved(target)
        }
        var errors: [[Double]] = []
        for penalty in penalties {
            errors.append(
                try ids.map { group in
                    let weights = try coefficients(penalty, without: group)
                    let rows = members[group] ?? []
                    let gaps = rows.map { row in
                        Double(results[row]) - zip(weights, design.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
                    }
                    let (_, deviation) = Statistics.moments(gaps)
                    // In parts of what there is to explain there, so that no dataset decides alone.
                    let own = Statistics.moments(rows.map { Double(results[$0]) }).deviation
                    return own > 0 ? deviation * deviation / (own * own) : 0
                })
        }
        let means = errors.map { Statistics.moments($0).mean }
        guard let best = means.indices.min(by: { means[$0] < means[$1] }) else { return [] }
        let chosen =
            penalties.indices.last { index in
                let gaps = zip(errors[index], errors[best]).map { $0 - $1 }
                let (mean, deviation) = Statistics.moments(gaps)
                return mean <= deviation / Double(ids.count).squareRoot()
            } ?? best
        let weights = try coefficients(penalties[chosen], without: nil)
        return LinearAlgebra.product(scaler.transformed(queries.matrix, columns: columns), weights)
    }
}
