import Support

/// The prior covariance of results, a sum of ``CovarianceTerm``s, in the form that is solved in linear time: a block of
/// each model's own cases, and low rank between models.
///
/// A case's features are those of its model, of each ``CovarianceTerm/ModelPart``, times loadings of its group: the leading
/// eigenvectors of what the part's terms come to between groups. What features and loadings leave out is kept where it
/// matters most, between the cases of one model.
package struct PairCovariance: Sendable {
    /// A part of the sum whose models are alike by features.
    struct Part: Sendable {
        let model: CovarianceTerm.ModelPart
        /// Whether its features are those of a pair, and not of the model alone.
        var isOfPairs: Bool { model == .scores || model == .trained }
        /// How many features a case has, and how many loadings a group has.
        let width: Int
        let rank: Int
        /// `groups × rank`.
        let loadings: Matrix
        /// What the loadings leave out, `groups × groups`.
        let rest: Matrix
        /// The whole, `groups × groups`.
        let whole: Matrix
        /// Where its columns begin.
        let start: Int
    }

    package let terms: [CovarianceTerm]
    package let variances: [Double]
    package let noise: Double
    package let models: ModelKernels
    /// Between groups, the target last.
    package let kernels: [CovarianceTerm.DatasetPart: Matrix]
    /// What is known of each case, and of each model on the target.
    package let pairs: PairFeatures
    let parts: [Part]
    /// The kernel of groups that a model has with itself.
    let identity: Matrix
    /// The variance of what is alike in models of like metadata on one dataset only, and how many of the features enter it
    /// between models.
    let ownVariance: Double
    let ownRank: Int
    let ownStart: Int
    /// Groups that are single datasets, which have something of their own; and all, with the target last.
    let singleCount: Int
    let groupCount: Int
    let aggregatedCount: Int
    /// The number of columns of features.
    let rank: Int

    /// - Parameters:
    ///   - terms: those to which the zoo has what they need, with a variance each.
    ///   - kernels: between groups, the target last.
    ///   - aggregated: how many datasets the group before the target stands for; 0 where there is no such group.
    ///   - loadingLimit: how many loadings a group has in a part at most; `nil` for all, and then what is alike on one
    ///     dataset only is a loading too.
    init(
        terms: [CovarianceTerm], variances: [Double], noise: Double, models: ModelKernels, pairs: PairFeatures,
        kernels: [CovarianceTerm.DatasetPart: Matrix], aggregated: Int,
        loadingLimit: Int?, ownRank: Int
    ) throws(NumericalError) {
        self.terms = terms
        self.variances = variances
        self.noise = noise
        self.models = models
        self.kernels = kernels
        self.pairs = pairs
        let size = kernels[.all]?.rows ?? 0
        groupCount = size
        singleCount = size - 1 - (aggregated > 0 ? 1 : 0)
        aggregatedCount = aggregated
        func sum(_ model: CovarianceTerm.ModelPart, withOwn: Bool) -> Matrix? {
            var result: Matrix?
            for (term, variance) in zip(terms, variances) where term.model == model {
                guard let kernel = kernels[term.dataset], withOwn || term.dataset != .own else { continue }
                var total = result ?? Matrix(rows: size, columns: size)
                for index in total.values.indices { total.values[index] += variance * kernel.values[index] }
                result = total
            }
            return result
        }
        identity = sum(.identity, withOwn: true) ?? Matrix(rows: size, columns: size)
        let own = zip(terms, variances).first { $0.0.model == .metadata && $0.0.dataset == .own }?.1 ?? 0
        let isExact = loadingLimit == nil
        ownVariance = isExact ? 0 : own
        var parts: [Part] = []
        var start = 0
        for model in CovarianceTerm.ModelPart.allCases where model != .identity {
            let width = Self.width(model, models, pairs)
            guard width > 0, let whole = sum(model, withOwn: isExact || model != .metadata) else { continue }
            let loadings = try Self.loadings(whole, limit: loadingLimit ?? size)
            var rest = whole
            let kept = LinearAlgebra.gram(loadings, ofRows: true)
            for index in rest.values.indices { rest.values[index] -= kept.values[index] }
            parts.append(
                Part(
                    model: model, width: width, rank: loadings.columns, loadings: loadings, rest: rest, whole: whole,
                    start: start))
            start += width * loadings.columns
        }
        self.parts = parts
        ownStart = start
        self.ownRank = isExact || own == 0 ? 0 : min(ownRank, models.metadata.rank)
        rank = start + self.ownRank * singleCount
    }

    static func width(_ part: CovarianceTerm.ModelPart, _ models: ModelKernels, _ pairs: PairFeatures) -> Int {
        switch part {
        case .scores: pairs.scoreCount
        case .trained: pairs.hasTrained ? 1 : 0
        default: models.kernel(part)?.rank ?? 0
        }
    }

    /// By part, the square of a model's features; 0 for those of pairs.
    func squares(of model: Int) -> [Double] {
        parts.map { part in
            part.isOfPairs
                ? 0
                : (0..<part.width).reduce(0) { sum, index in
                    let value = feature(part, index, model: model, case: nil)
                    return sum + value * value
                }
        }
    }

    /// The square root of a matrix by its largest eigenvalues, `size × limit` or fewer.
    private static func loadings(_ matrix: Matrix, limit: Int) throws(NumericalError) -> Matrix {
        let eigen = try LinearAlgebra.symmetricEigen(matrix)
        let largest = max(eigen.values.last ?? 0, 0)
        let chosen = eigen.values.indices.reversed().filter { eigen.values[$0] > 1e-7 * largest && largest > 0 }
            .prefix(limit)
        var result = Matrix(rows: matrix.rows, columns: chosen.count)
        for (column, index) in chosen.enumerated() {
            let root = eigen.values[index].squareRoot()
            for row in 0..<matrix.rows { result[row, column] = root * eigen.vectors[index, row] }
        }
        return result
    }

    /// A part's features of a model on a group's case (a position in the training cases), or on the target (`nil`).
    @inline(__always)
    func feature(_ part: Part, _ index: Int, model: Int, case position: Int?) -> Double {
        switch part.model {
        case .metadata: return models.metadata.features[model * part.width + index]
        case .linear: return models.linear.features[model * part.width + index]
        case .names: return models.names.features[model * part.width + index]
        case .profile: return models.profile.features[model * part.width + index]
        case .facts: return models.facts.features[model * part.width + index]
        case .texts: return models.texts.features[model * part.width + index]
        case .trained: return position.map { pairs.caseTrained[$0] } ?? pairs.targetTrained[model]
        case .scores, .identity:
            let scale = 1 / Double(part.width).squareRoot()
            if let position { return scale * pairs.caseScores[position * part.width + index] }
            return scale * pairs.targetScores[model * part.width + index]
        }
    }

    /// Writes a row of features, `rank` of them.
    func writeFeatures(
        _ row: UnsafeMutablePointer<Double>, model: Int, group: Int, case position: Int?
    ) {
        for part in parts {
            var place = part.start
            for index in 0..<part.width {
                let value = feature(part, index, model: model, case: position)
                for loading in 0..<part.rank {
                    row[place] = value * part.loadings.values[group * part.rank + loading]
                    place += 1
                }
            }
        }
        for index in ownStart..<rank { row[index] = 0 }
        if group < singleCount {
            let root = ownVariance.squareRoot()
            for index in 0..<ownRank {
                row[ownStart + index * singleCount + group] =
                    root * models.metadata.features[model * models.metadata.rank + index]
            }
        }
    }

    /// Writes the target's features less `weights` times those of the model's cases.
    ///
    /// - Complexity: O(rank + cases · loadings), but for what pairs have.
    func writeResidualFeatures(
        _ row: UnsafeMutablePointer<Double>, model: Int, cases: Range<Int>, groups: [Int32], weights: [Double]
    ) {
        let target = groupCount - 1
        for part in parts {
            if part.isOfPairs {
                for index in 0..<part.width {
                    let place = row + part.start + index * part.rank
                    let own = feature(part, index, model: model, case: nil)
                    for loading in 0..<part.rank {
                        place[loading] = own * part.loadings.values[target * part.rank + loading]
                    }
                    for (position, weight) in zip(cases, weights) {
                        let value = weight * feature(part, index, model: model, case: position)
                        if value == 0 { continue }
                        let group = Int(groups[position]) * part.rank
                        for loading in 0..<part.rank { place[loading] -= value * part.loadings.values[group + loading] }
                    }
                }
                continue
            }
            // All cases have the model's features: their loadings are summed first.
            withUnsafeTemporaryAllocation(of: Double.self, capacity: max(part.rank, 1)) { sums in
                for loading in 0..<part.rank { sums[loading] = part.loadings.values[target * part.rank + loading] }
                for (position, weight) in zip(cases, weights) where weight != 0 {
                    let group = Int(groups[position]) * part.rank
                    for loading in 0..<part.rank { sums[loading] -= weight * part.loadings.values[group + loading] }
                }
                for index in 0..<part.width {
                    let value = feature(part, index, model: model, case: nil)
                    let place = row + part.start + index * part.rank
                    for loading in 0..<part.rank { place[loading] = value * sums[loading] }
                }
            }
        }
        for index in ownStart..<rank { row[index] = 0 }
        let root = ownVariance.squareRoot()
        for (position, weight) in zip(cases, weights) where Int(groups[position]) < singleCount {
            for index in 0..<ownRank {
                row[ownStart + index * singleCount + Int(groups[position])] -=
                    weight * root * models.metadata.features[model * models.metadata.rank + index]
            }
        }
    }

    /// What a model's cases share beside their features: between its cases on two groups.
    struct Block {
        let covariance: PairCovariance
        let model: Int
        /// By part, the square of the model's features; 0 for those of pairs.
        private let squares: [Double]
        private let rests: [(part: Int, rest: Double)]

        init(_ covariance: PairCovariance, model: Int) {
            self.covariance = covariance
            self.model = model
            squares = covariance.squares(of: model)
            rests = covariance.parts.indices.compactMap { index in
                covariance.models.kernel(covariance.parts[index].model).map { (index, $0.residuals[model]) }
            }.filter { $0.1 > 0 }
        }

        /// The covariance of two cases of the model, by group and position (`nil` on the target); without noise.
        @inline(__always)
        func value(_ a: (group: Int, case: Int?), _ b: (group: Int, case: Int?)) -> Double {
            let place = a.group * covariance.groupCount + b.group
            var sum = covariance.identity.values[place]
            for index in covariance.parts.indices {
                let part = covariance.parts[index]
                if part.isOfPairs {
                    let rest = part.rest.values[place]
                    if abs(rest) < 1e-12 { continue }
                    for score in 0..<part.width {
                        sum +=
                            rest * covariance.feature(part, score, model: model, case: a.case)
                            * covariance.feature(part, score, model: model, case: b.case)
                    }
                } else {
                    sum += squares[index] * part.rest.values[place]
                }
            }
            for (part, rest) in rests { sum += rest * covariance.parts[part].whole.values[place] }
            return sum
        }

        /// What a case has of its own on its group beside noise, and beyond the features between models.
        func own(group: Int) -> Double {
            guard covariance.ownVariance > 0 else { return 0 }
            if group == covariance.groupCount - 1 { return covariance.ownVariance }
            if group >= covariance.singleCount { return covariance.ownVariance / Double(covariance.aggregatedCount) }
            let rank = covariance.models.metadata.rank
            var square = 1.0
            for index in 0..<covariance.ownRank {
                let value = covariance.models.metadata.features[model * rank + index]
                square -= value * value
            }
            return covariance.ownVariance * max(square, 0)
        }
    }

    /// Writes the covariance of a model's cases, noise included, row by row.
    func writeBlock(_ matrix: UnsafeMutablePointer<Double>, _ training: TrainingResults, model: Int) {
        let cases = training.cases(of: model)
        let block = Block(self, model: model)
        let size = cases.count
        for row in 0..<size {
            let first = (group: Int(training.groups[cases.lowerBound + row]), case: Optional(cases.lowerBound + row))
            for column in 0...row {
                let other = cases.lowerBound + column
                let value = block.value(first, (Int(training.groups[other]), other))
                matrix[row * size + column] = value
                matrix[column * size + row] = value
            }
            matrix[row * size + row] +=
                block.own(group: first.group) + noise / training.resultCounts[cases.lowerBound + row]
        }
    }
}
