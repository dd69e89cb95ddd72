import Support

/// Accuracies of simple classifiers on the features, the baselines of most papers on transferability (compared at scale
/// by Renggli et al., "Which Model to Transfer? Finding the Needle in the Growing Haystack", CVPR 2022). In 0...1.
enum Probes {
    /// How many neighbours vote.
    static let neighbours = 5
    /// One in so many samples of a class is held out from the linear probe.
    static let heldOutShare = 5

    /// Leave-one-out accuracy of the vote of the five nearest by Euclidean distance; in a tie the class of the nearest
    /// among the tied decides.
    static func nearestNeighbours(_ session: ScoreSession) throws -> Double {
        let session = session.sampled()
        let classes = session.data.classes
        let wanted = min(neighbours, classes.count - 1)
        let hits = try PairwiseDistances(session, .euclidean).forEachBlock(session) { rows, distances in
            var hits = 0
            for (position, row) in rows.enumerated() {
                var nearest: [(distance: Double, row: Int)] = []
                for other in classes.indices where other != row {
                    let distance = distances[position * classes.count + other]
                    if nearest.count == wanted, let last = nearest.last, distance >= last.distance { continue }
                    let place = nearest.firstIndex { $0.distance > distance } ?? nearest.count
                    nearest.insert((distance, other), at: place)
                    if nearest.count > wanted { nearest.removeLast() }
                }
                var votes: [Int: Int] = [:]
                for item in nearest { votes[classes[item.row], default: 0] += 1 }
                let most = votes.values.max() ?? 0
                let winner = nearest.first { votes[classes[$0.row]] == most }
                if let winner, classes[winner.row] == classes[row] { hits += 1 }
            }
            return hits
        }
        return Double(hits.reduce(0, +)) / Double(classes.count)
    }

    /// Accuracy of a softmax regression (weight penalty ‖W‖² / 2N) on a fifth of each class, trained on the rest;
    /// columns are standardised by the training rows.
    static func linear(_ session: ScoreSession) throws -> Double {
        let session = session.sampled()
        var generator = SeededGenerator(seed: 0x11EA_7E57)
        var (training, held): ([Int], [Int]) = ([], [])
        for rows in session.data.rowsByClass {
            let shuffled = rows.shuffled(using: &generator)
            let count = rows.count > 1 ? max(1, rows.count / heldOutShare) : 0
            held += shuffled.prefix(count)
            training += shuffled.dropFirst(count)
        }
        training.sort()
        held.sort()
        guard !held.isEmpty else { throw ScoreError.Cause.noTestSample }
        var fitted = session.data.features.matrix(rows: training)
        var tested = session.data.features.matrix(rows: held)
        let scaler = StandardScaler(fitted)
        (fitted, tested) = (scaler.transformed(fitted), scaler.transformed(tested))
        let classes = session.data.classes
        let regression = try SoftmaxRegression(
            fitted, classes: training.map { classes[$0] }, classCount: session.data.classCount,
            prior: Double(training.count), threads: session.threads, work: session.work)
        let hits = zip(regression.predictions(tested), held).count { $0 == classes[$1] }
        return Double(hits) / Double(held.count)
    }
}
