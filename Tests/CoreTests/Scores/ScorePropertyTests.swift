import Foundation
import Synchronization
import Testing
import TransferGraphCore

@Suite struct ScorePropertyTests {
    static let ofFeatures = TransferabilityScore.allCases.filter { !$0.needsSourceProbabilities }

    /// The scores that go up with what a linear or a nearest-neighbour classifier can tell.
    @Test(arguments: ofFeatures) func separatedClassesScoreHigherThanMixedOnes(score: TransferabilityScore) throws {
        let mixed = try score.value(of: ScoreFixtures.labelled(separation: 0.1, seed: 4))
        let apart = try score.value(of: ScoreFixtures.labelled(separation: 3, seed: 4))
        #expect(score.higherIsBetter ? apart > mixed : apart < mixed, "\(mixed) to \(apart)")
    }

    @Test(arguments: ofFeatures) func moreColumnsThanRowsConstantColumnsAndLoneSamplesHaveAValue(
        score: TransferabilityScore
    ) throws {
        var (features, labels) = ScoreFixtures.clusters(rows: 30, columns: 80, classes: 3, separation: 1, seed: 2)
        for row in 0..<30 {
            features[row, 0] = 0
            features[row, 1] = 7.25
            features[row, 2] = 2 * features[row, 3]
        }
        labels[29] = 99
        let wide = try LabelledFeatures(features: FeatureMatrix(features), labels: labels)
        #expect(try score.value(of: wide).isFinite)

        var tall = Matrix(rows: 30, columns: 6)
        for row in 0..<30 { for column in 0..<6 { tall[row, column] = features[row, column] } }
        let data = try LabelledFeatures(features: FeatureMatrix(tall), labels: labels)
        #expect(try score.value(of: data).isFinite)
    }

    @Test(arguments: ofFeatures) func namesOfLabelsDoNotMatter(score: TransferabilityScore) throws {
        let made = ScoreFixtures.clusters(rows: 60, columns: 5, classes: 4, separation: 1, seed: 8)
        let plain = try LabelledFeatures(features: FeatureMatrix(made.features), labels: made.labels)
        let renamed = try LabelledFeatures(
            features: FeatureMatrix(made.features), labels: made.labels.map { $0 * 1_000_003 - 17 })
        let values = (try score.value(of: plain), try score.value(of: renamed))
        #expect(values.0 == values.1)
    }

    @Test(arguments: 0..<10) func hScoreOfTwoClassesIsTheSquaredMultipleCorrelation(seed: UInt64) throws {
        // One class's indicator regressed on the features by least squares: R² is tr(cov⁺ · between) for two classes.
        let made = ScoreFixtures.clusters(rows: 50, columns: 4, classes: 2, separation: 0.5, seed: seed)
        var design = Matrix(rows: 50, columns: 5, repeating: 1)
        var target = [Double](repeating: 0, count: 50)
        for row in 0..<50 {
            for column in 0..<4 { design[row, column] = made.features[row, column] }
            target[row] = Double(made.labels[row])
        }
        let normal = try #require(CholeskyFactor(LinearAlgebra.gram(design)))
        let fit = LinearAlgebra.product(
            design, normal.solved(LinearAlgebra.product(design, transposed: true, target)))
        let mean = target.reduce(0, +) / 50
        let explained = fit.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let total = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let data = try LabelledFeatures(features: FeatureMatrix(made.features), labels: made.labels)
        let value = try TransferabilityScore.hScore.value(of: data)
        #expect(abs(value - explained / total) < 1e-12)
    }

    @Test func scoresThatIgnoreScaleDo() throws {
        let made = ScoreFixtures.clusters(rows: 60, columns: 5, classes: 3, separation: 1, seed: 8)
        var scaled = made.features
        for index in scaled.values.indices { scaled.values[index] *= 1024 }
        let plain = try LabelledFeatures(features: FeatureMatrix(made.features), labels: made.labels)
        let larger = try LabelledFeatures(features: FeatureMatrix(scaled), labels: made.labels)
        let free: [TransferabilityScore] = [
            .hScore, .regularizedHScore, .parc, .lfcDot, .lfcCosine, .lfcCorrelation, .lfcL2, .silhouetteL2,
            .silhouetteCosine, .silhouetteCorrelation, .nearestNeighbours, .linearProbe,
        ]
        for score in free {
            let difference = try abs(score.value(of: plain) - score.value(of: larger))
            #expect(difference < 1e-12, "\(score.name)")
        }
    }

    @Test func leepAndNceOfAPerfectHeadAreZeroAndOfAnIgnorantOneTheLabelsEntropy() throws {
        let made = ScoreFixtures.clusters(rows: 90, columns: 3, classes: 3, separation: 1, seed: 1)
        var perfect = Matrix(rows: 90, columns: 4)
        var ignorant = Matrix(rows: 90, columns: 4)
        for row in 0..<90 {
            perfect[row, Int(made.labels[row])] = 1
            ignorant[row, 2] = 1
        }
        for (probabilities, expected) in [(perfect, 0.0), (ignorant, -log(3.0))] {
            let data = try LabelledFeatures(
                features: FeatureMatrix(made.features), labels: made.labels,
                sourceProbabilities: FeatureMatrix(probabilities))
            for score in [TransferabilityScore.leep, .nce] {
                let value = try score.value(of: data)
                #expect(abs(value - expected) < 1e-14)
            }
        }
    }

    @Test func gbcOfTwoSphericalClassesIsTheClosedForm() throws {
        // Four points each, a square of side 2 around (0, 0) and around (4, 0): variances 1, means 4 apart.
        let corners: [(Double, Double)] = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
        let values = corners.flatMap { [$0.0, $0.1] } + corners.flatMap { [$0.0 + 4, $0.1] }
        let data = try LabelledFeatures(
            features: FeatureMatrix(Matrix(rows: 8, columns: 2, values: values)), labels: [0, 0, 0, 0, 1, 1, 1, 1])
        for score in [TransferabilityScore.gbcSpherical, .gbcDiagonal] {
            let value = try score.value(of: data)
            #expect(abs(value + 2 * exp(-2.0)) < 1e-15)
        }
    }

    @Test func scoresOfASampleAreNearThoseOfTheWhole() throws {
        let data = try ScoreFixtures.labelled(rows: 3000, columns: 6, classes: 3, separation: 0.7, seed: 5)
        var settings = ScoreSettings()
        settings.sampleLimit = 1000
        let all = try TransferabilityScore.scoreAll(Self.ofFeatures, of: data)
        let sampled = try TransferabilityScore.scoreAll(Self.ofFeatures, of: data, settings: settings)
        // PACTran's bound has the number of rows in it, so its sample's value is another.
        for (whole, part) in zip(all, sampled) where part.score != .pacTranGauss {
            #expect((part.sample != nil) == part.score.usesSample, "\(part.score.name)")
            if let sample = part.sample { #expect(sample.all == 3000 && (950...1000).contains(sample.rows)) }
            let (a, b) = (try #require(whole.value), try #require(part.value))
            let limit = part.score.usesSample ? 0.15 * abs(a) : 0
            #expect(abs(a - b) <= limit, "\(part.score.name): \(a), \(b)")
        }
    }

    @Test func badInputIsAnErrorThatNamesTheRow() throws {
        var features = Matrix(rows: 6, columns: 3, repeating: 1)
        let labels: [Int64] = [0, 1, 0, 1, 0, 1]
        features[4, 2] = .nan
        let error = #expect(throws: FeatureError.self) {
            try LabelledFeatures(features: FeatureMatrix(features), labels: labels)
        }
        // A NaN equals none.
        #expect("\(try #require(error))" == "\(FeatureError.notFinite(.nan, in: .features, row: 4, column: 2))")
        features[4, 2] = -.infinity
        #expect(throws: FeatureError.notFinite(-.infinity, in: .features, row: 4, column: 2)) {
            try LabelledFeatures(features: FeatureMatrix(features), labels: labels)
        }
        features[4, 2] = 0
        #expect(throws: FeatureError.labelCount(5, rows: 6)) {
            try LabelledFeatures(features: FeatureMatrix(features), labels: Array(labels.dropLast()))
        }
        #expect(throws: FeatureError.oneClass(label: 3, count: 6)) {
            try LabelledFeatures(features: FeatureMatrix(features), labels: [3, 3, 3, 3, 3, 3])
        }
        var probabilities = Matrix(rows: 6, columns: 2, repeating: 0.5)
        probabilities[3, 0] = 2
        let unnormalised = probabilities
        #expect(throws: FeatureError.notADistribution(row: 3, sum: 2.5)) {
            try LabelledFeatures(
                features: FeatureMatrix(features), labels: labels, sourceProbabilities: FeatureMatrix(unnormalised))
        }
    }

    @Test func featuresThatAreAllTheSameGiveEachScoreAValueOrAReason() throws {
        let data = try LabelledFeatures(
            features: FeatureMatrix(Matrix(rows: 8, columns: 3, repeating: 2.5)), labels: [0, 1, 0, 1, 0, 1, 0, 1])
        for result in try TransferabilityScore.scoreAll(of: data) {
            #expect((result.value == nil) == (result.failure != nil), "\(result.score.name)")
            #expect(result.value?.isNaN != true)
        }
    }

    /// From where squares are zero to what a float32 holds, and up to where sums of fourth powers end.
    @Test(arguments: [1e-300, 1e-200, 1e-40, 1e30, 1e38, 1e69])
    func featuresOfAnySizeGiveEachScoreAFiniteValueOrAReason(size: Double) throws {
        var made = ScoreFixtures.clusters(rows: 40, columns: 6, classes: 3, separation: 1, seed: 9)
        let largest = try #require(made.features.values.map(abs).max())
        for place in made.features.values.indices { made.features.values[place] *= size / largest }
        let data = try LabelledFeatures(features: FeatureMatrix(made.features), labels: made.labels)
        for result in try TransferabilityScore.scoreAll(of: data) {
            #expect((result.value == nil) == (result.failure != nil), "\(result.score.name)")
            #expect(result.value?.isFinite != false, "\(result.score.name)")
        }
    }

    @Test(arguments: [1e71, -1e200, 1e308]) func featuresBeyondWhatScoresCanAddUpAreAnErrorThatNamesTheRow(
        value: Double
    ) throws {
        var features = Matrix(rows: 6, columns: 3, repeating: 1)
        features[2, 1] = value
        let matrix = FeatureMatrix(features)
        #expect(throws: FeatureError.tooLarge(value, in: .features, row: 2, column: 1)) {
            try LabelledFeatures(features: matrix, labels: [0, 1, 0, 1, 0, 1])
        }
    }

    /// What takes most of the time is made once for all scores: the products of the features, and a decomposition of them
    /// with the mean taken off (H-score, its regularized form, TransRate, NLEEP) and one as they are (LogME).
    @Test(arguments: [(200, 12), (12, 40)]) func scoresOfOneSessionShareTheirDecompositions(
        rows: Int, columns: Int
    ) throws {
        let data = try ScoreFixtures.labelled(rows: rows, columns: columns, seed: 6)
        let counts = Mutex<[String: Int]>([:])
        let work = Work(isCancelled: { false }, report: { stage, _ in counts.withLock { $0[stage, default: 0] += 1 } })
        let session = ScoreSession(data, sampleLimit: 10_000, threads: 1, work: work)
        let together = try Self.ofFeatures.map { try $0.value(session) }
        let seen = counts.withLock { $0 }
        #expect(seen["decomposition"] == 2)
        #expect(seen["products of features"] == 1)
        #expect(seen["means"] == 1)
        let apart = try Self.ofFeatures.map { try $0.value(of: data) }
        #expect(together == apart)
    }

    @Test func spellingsLeadToTheirScoreAndMisspeltOnesToTheKnown() throws {
        for score in TransferabilityScore.allCases {
            #expect(try TransferabilityScore(spelling: score.spelling) == score)
            #expect(try TransferabilityScore(spelling: score.name) == score)
        }
        #expect(Set(TransferabilityScore.allCases.map(\.spelling)).count == TransferabilityScore.allCases.count)
        #expect(try TransferabilityScore(spelling: "LOGME") == .logME)
        #expect(TransferabilityScore.regularizedHScore.spelling == "reg-h-score")
        let error = #expect(throws: UnknownName.self) { try TransferabilityScore(spelling: "logmee") }
        #expect(error?.name == "logmee" && error?.known == TransferabilityScore.allCases.map(\.spelling))
    }

    @Test(arguments: TransferabilityScore.allCases) func aStoppedScoreThrows(score: TransferabilityScore) throws {
        let data = try ScoreFixtures.labelled()
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) { try score.value(of: data, work: stopped) }
    }

    /// The scores that look at pairs of samples or fit many models, on data that keeps them busy for a tenth of a second and more. The best of
    /// some tries counts, since other programs may hold the machine's cores for longer than that.
    @Test(arguments: [TransferabilityScore.parc, .nleep, .silhouetteL2, .linearProbe])
    func cancellationStopsWithinFiftyMilliseconds(score: TransferabilityScore) throws {
        let data = try ScoreFixtures.labelled(rows: 6000, columns: 400, classes: 30, separation: 0.3, seed: 3)
        let delays = try (0..<6).map { attempt in
            try CancellationClock.delay(after: .milliseconds(5 + 15 * attempt)) {
                try score.value(of: data, work: $0)
            }
        }
        let best = try #require(delays.min())
        #expect(best < .milliseconds(50))
    }
}
