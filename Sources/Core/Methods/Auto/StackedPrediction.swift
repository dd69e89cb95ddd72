import Support

/// What is predicted in the end, in results standardised within their dataset: the Gaussian process's expectation over the
/// transforms, averaged with what stacking makes of it.
struct StackedPrediction {
    /// For every model on the target.
    let values: [Double]
    /// Predictive standard deviations, noise included, of results transformed as the variances were fitted.
    let deviations: [Double]
    /// For each training dataset its cases, predicted without it.
    let heldOut: [[Case]]

    struct Case {
        /// Its place among the training cases.
        let position: Int
        let prediction: Double
        let deviation: Double
    }

    init(
        process: GaussianProcess, scores: ScoreFeatures, target: Int, constants: AutoConstants, work: Work
    ) throws {
        let training = process.training
        let noise = process.covariance.noise
        let measured = training.transformed.count - 1
        let cases = training.casesByGroup.map { $0.filter { process.rows[$0] >= 0 } }
        var models = [Int](repeating: 0, count: training.count)
        for model in 0..<training.modelCount {
            for position in training.cases(of: model) { models[position] = model }
        }
        var byTransform: [[Double]] = []
        var heldOutByTransform: [[Double]] = []
        for transform in training.transformed.indices {
            try work.check()
            let unit = training.units[transform]
            let inverse = InverseTransform(
                training.casesByGroup.map { cases in
                    (
                        cases.map { training.transformed[transform][$0] },
                        cases.map { training.transformed[measured][$0] }
                    )
                })
            byTransform.append(
                zip(process.latentMeans[transform], process.latentVariances).map { mean, variance in
                    inverse.expectation(mean * unit, variance: (variance + noise) * unit * unit)
                })
            var heldOut: [Double] = []
            for (group, positions) in cases.enumerated() {
                for position in positions {
                    let row = Int(process.rows[position])
                    heldOut.append(
                        inverse.expectation(
                            process.heldOutMeans[transform][row] * unit,
                            variance: process.heldOutVariances[row] * unit * unit, without: group))
                }
            }
            heldOutByTransform.append(heldOut)
        }
        func mean(_ columns: [[Double]], _ index: Int) -> Double {
            columns.reduce(0) { $0 + $1[index] } / Double(columns.count)
        }
        let positions = cases.flatMap { $0 }
        func inputs(
            _ columns: [[Double]], effects: [Double], _ pairs: [(model: Int, dataset: Int)]
        ) -> Stacking.Inputs {
            var predictions: [Double] = []
            var values: [Double] = []
            for (index, pair) in pairs.enumerated() {
                for column in columns { predictions.append(column[index]) }
                predictions.append(effects[index])
                if scores.count > 0 {
                    values += scores.standardised(model: pair.model, dataset: pair.dataset)
                    values += scores.ranks(model: pair.model, dataset: pair.dataset)
                }
            }
            return Stacking.Inputs(
                predictions: Matrix(rows: pairs.count, columns: columns.count + 1, values: predictions),
                scores: Matrix(rows: pairs.count, columns: 2 * scores.count, values: values), models: pairs.map(\.model)
            )
        }
        var groups: [Range<Int>] = []
        for own in cases {
            let start = groups.last?.upperBound ?? 0
            groups.append(start..<start + own.count)
        }
        let trained = process.covariance.pairs
        let heldOutEffects = positions.map { position in
            let known = training.effects.coefficient * trained.caseTrained[position]
            return known
                + training.effects.model(models[position], without: training.centred[measured][position] - known)
        }
        let targetEffects = (0..<training.modelCount).map {
            training.effects.models[$0] + training.effects.coefficient * trained.targetTrained[$0]
        }
        let stacking = try Stacking(
            training: inputs(
                heldOutByTransform,
                effects: heldOutEffects,
                positions.map { (models[$0], training.datasets[Int(training.groups[$0])]) }),
            groups: groups, results: positions.map { training.transformed[measured][$0] },
            queries: inputs(
                byTransform, effects: targetEffects, (0..<training.modelCount).map { ($0, target) }),
            metadata: process.covariance.models.metadata, constants: constants, work: work)
        let tried = training.effects.counts.filter { $0 > 0 }
        let average = EnsembleAverage(
            groups: groups.count { $0.count > 1 }, cases: positions.count,
            resultsPerModel: tried.reduce(0, +) / Double(max(tried.count, 1)), constants: constants)
        let ordering = constants.fitTransform
        values = average.averaged(
            (0..<training.modelCount).map { mean(byTransform, $0) }, stacked: stacking?.values,
            effects: targetEffects, ordered: byTransform[ordering])
        deviations = process.latentVariances.map { ($0 + noise).squareRoot() }
        heldOut = zip(cases, groups).map { own, range in
            let averaged = average.averaged(
                range.map { mean(heldOutByTransform, $0) }, stacked: stacking.map { Array($0.heldOut[range]) },
                effects: Array(heldOutEffects[range]), ordered: Array(heldOutByTransform[ordering][range]))
            return zip(own, averaged).map { position, value in
                Case(
                    position: position, prediction: value,
                    deviation: max(process.heldOutVariances[Int(process.rows[position])], 0).squareRoot())
            }
        }
    }
}

/// The line from results standardised within their dataset to min-max normalised ones, in the middle of the datasets'.
struct NormalisedScale {
    private let slope: Double
    private let intercept: Double

    init(_ training: TrainingResults) {
        let measured = training.transformed.count - 1
        let lines = training.casesByGroup.compactMap { cases -> (slope: Double, intercept: Double)? in
            guard let low = cases.min(by: { training.normalised[$0] < training.normalised[$1] }),
                let high = cases.max(by: { training.normalised[$0] < training.normalised[$1] })
            else { return nil }
            let span = training.transformed[measured][high] - training.transformed[measured][low]
            guard span > 0 else { return nil }
            let slope = 1 / span
            return (slope, -slope * training.transformed[measured][low])
        }
        func median(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.sorted()[values.count / 2] }
        slope = median(lines.map(\.slope)) ?? 0.2
        intercept = median(lines.map(\.intercept)) ?? 0.5
    }

    func normalised(_ standardised: Double) -> Double { intercept + slope * standardised }

    /// A difference of normalised results as one of standardised results.
    func standardised(_ difference: Double) -> Double { difference / slope }
}
