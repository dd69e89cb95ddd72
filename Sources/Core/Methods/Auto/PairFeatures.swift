/// What is known of (model, dataset) pairs before any fine-tuning: scores, and whether the model was trained on the dataset.
package struct PairFeatures: Sendable {
    /// The number of scores a pair has.
    package let scoreCount: Int
    /// The standardised scores of each training case, `cases × scoreCount`, zeros where it is a mean over many datasets;
    /// and of each model on the target.
    package let caseScores: [Double]
    package let targetScores: [Double]
    /// 1 for a pair whose model was trained on the dataset, 0 for others.
    package let caseTrained: [Double]
    package let targetTrained: [Double]
    let hasTrained: Bool

    init(_ training: TrainingResults, target: Int, scores: ScoreFeatures, trained: TrainedOn) {
        scoreCount = scores.count
        var caseScores: [Double] = []
        caseScores.reserveCapacity(training.count * scores.count)
        var caseTrained = [Double](repeating: 0, count: training.count)
        for model in 0..<training.modelCount where scores.count > 0 || !trained.isEmpty {
            for position in training.cases(of: model) {
                let group = Int(training.groups[position])
                guard group < training.datasets.count else {
                    caseScores += [Double](repeating: 0, count: scores.count)
                    continue
                }
                let dataset = training.datasets[group]
                if scores.count > 0 { caseScores += scores.standardised(model: model, dataset: dataset) }
                if trained.contains(model: model, dataset: dataset) { caseTrained[position] = 1 }
            }
        }
        self.caseScores = caseScores
        self.caseTrained = caseTrained
        targetScores = scores.standardised(modelCount: training.modelCount, dataset: target)
        targetTrained = (0..<training.modelCount).map { trained.contains(model: $0, dataset: target) ? 1 : 0 }
        hasTrained = caseTrained.contains(1)
    }

    /// The same of some cases.
    func selecting(_ positions: [Int]) -> PairFeatures {
        PairFeatures(
            scoreCount: scoreCount,
            caseScores: positions.flatMap { caseScores[$0 * scoreCount..<($0 + 1) * scoreCount] },
            targetScores: targetScores, caseTrained: positions.map { caseTrained[$0] }, targetTrained: targetTrained,
            hasTrained: hasTrained)
    }

    private init(
        scoreCount: Int, caseScores: [Double], targetScores: [Double], caseTrained: [Double],
        targetTrained: [Double], hasTrained: Bool
    ) {
        self.scoreCount = scoreCount
        self.caseScores = caseScores
        self.targetScores = targetScores
        self.caseTrained = caseTrained
        self.targetTrained = targetTrained
        self.hasTrained = hasTrained
    }
}
