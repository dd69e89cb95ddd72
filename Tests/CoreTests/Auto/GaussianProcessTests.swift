import Foundation
import Testing
import TransferGraphCore

/// The process in its structured form, against the same covariance written out and factored as a whole.
@Suite struct GaussianProcessTests {
    private let process: GaussianProcess
    private let fit: MarginalLikelihoodFit
    /// The covariance of all cases, noise included; with the target's models; and of these with themselves.
    private var dense: Matrix
    private var cross: Matrix
    private var prior: [Double]

    init() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
        var constants = AutoConstants()
        constants.fitIterations = 0
        constants.loadings = 100
        constants.ownRank = 100
        constants.profileRank = 100
        let workspace = TargetWorkspace(zoo.holdingOut(2).keepingHistory(ratio: 0.7, seed: 1))
        let auto = Auto(constants: constants)
        let process = try #require(try auto.process(workspace))
        self.process = process
        fit = try #require(try auto.likelihoodFit(workspace))
        let training = process.training
        let pairs = (0..<training.modelCount).flatMap { model in
            training.cases(of: model).map { (model: model, group: Int(training.groups[$0]), case: Optional($0)) }
        }
        let targets = (0..<training.modelCount).map { (model: $0, group: training.target, case: Int?.none) }
        dense = Matrix(rows: pairs.count, columns: pairs.count)
        cross = Matrix(rows: targets.count, columns: pairs.count)
        prior = []
        for (i, a) in pairs.enumerated() {
            for (j, b) in pairs.enumerated() {
                dense[i, j] = Self.value(process.covariance, a, b) + (i == j ? process.covariance.noise : 0)
            }
            for (j, b) in targets.enumerated() { cross[j, i] = Self.value(process.covariance, a, b) }
        }
        for target in targets { prior.append(Self.value(process.covariance, target, target)) }
    }

    /// The sum over terms of variance × model kernel × dataset kernel.
    private static func value(
        _ covariance: PairCovariance, _ a: (model: Int, group: Int, case: Int?),
        _ b: (model: Int, group: Int, case: Int?)
    ) -> Double {
        func product(_ kernel: LowRankKernel, withRest: Bool) -> Double {
            var sum = withRest && a.model == b.model ? kernel.residuals[a.model] : 0
            for index in 0..<kernel.rank {
                sum += kernel.features[a.model * kernel.rank + index] * kernel.features[b.model * kernel.rank + index]
            }
            return sum
        }
        func score(_ pair: (model: Int, group: Int, case: Int?), _ index: Int) -> Double {
            pair.case.map { covariance.pairs.caseScores[$0 * covariance.pairs.scoreCount + index] }
                ?? covariance.pairs.targetScores[pair.model * covariance.pairs.scoreCount + index]
        }
        func trained(_ pair: (model: Int, group: Int, case: Int?)) -> Double {
            pair.case.map { covariance.pairs.caseTrained[$0] } ?? covariance.pairs.targetTrained[pair.model]
        }
        return zip(covariance.terms, covariance.variances).reduce(0) { sum, term in
            let models: Double
            switch term.0.model {
            case .identity: models = a.model == b.model ? 1 : 0
            case .metadata: models = product(covariance.models.metadata, withRest: true)
            case .names: models = product(covariance.models.names, withRest: true)
            case .facts: models = product(covariance.models.facts, withRest: true)
            case .texts: models = product(covariance.models.texts, withRest: true)
            case .trained: models = trained(a) * trained(b)
            case .linear: models = product(covariance.models.linear, withRest: false)
            case .profile: models = product(covariance.models.profile, withRest: true)
            case .scores:
                models =
                    (0..<covariance.pairs.scoreCount).reduce(0) { $0 + score(a, $1) * score(b, $1) }
                    / Double(covariance.pairs.scoreCount)
            }
            return sum + term.1 * models * (covariance.kernels[term.0.dataset]?[a.group, b.group] ?? 0)
        }
    }

    @Test func everySourceEnters() {
        let parts = Set(process.covariance.terms.map(\.model))
        #expect(parts.isSuperset(of: [.identity, .metadata, .linear, .names, .scores, .profile, .trained]))
        #expect(process.covariance.terms.contains { $0.dataset == .source(.names) })
        #expect(process.covariance.terms.contains { $0.dataset == .source(.distance) })
    }

    @Test func predictionsAndVariancesAreThoseOfTheWholeCovariance() throws {
        let factor = try #require(CholeskyFactor(dense))
        for transform in process.latentMeans.indices {
            let y = process.training.centred[transform].map { $0 / process.training.units[transform] }
            let expected = LinearAlgebra.product(cross, factor.solved(y))
            for (value, mean) in zip(process.latentMeans[transform], expected) { #expect(abs(value - mean) < 1e-5) }
        }
        for model in process.latentVariances.indices {
            let own = Array(cross.row(model))
            let left = prior[model] - zip(own, factor.solved(own)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(process.latentVariances[model] - left) < 1e-5)
        }
    }

    @Test func aDatasetLeftOutIsPredictedFromTheOthers() throws {
        let training = process.training
        for group in training.datasets.indices {
            let own = training.groups.indices.filter { training.groups[$0] == Int32(group) }
            let rest = training.groups.indices.filter { training.groups[$0] != Int32(group) }
            var known = Matrix(rows: rest.count, columns: rest.count)
            for (i, a) in rest.enumerated() { for (j, b) in rest.enumerated() { known[i, j] = dense[a, b] } }
            let factor = try #require(CholeskyFactor(known))
            let weights = factor.solved(rest.map { training.centred[0][$0] / training.units[0] })
            for position in own {
                let cross = rest.map { dense[position, $0] }
                let row = Int(process.rows[position])
                let mean = zip(cross, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let left =
                    dense[position, position] - zip(cross, factor.solved(cross)).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(process.heldOutMeans[0][row] - mean) < 1e-5)
                #expect(abs(process.heldOutVariances[row] - left) < 1e-5)
            }
        }
    }

    /// The slope of the likelihood by each variance, against differences.
    @Test func theLikelihoodsGradientIsItsSlope() throws {
        let prior = fit.terms.map { log($0.prior) } + [log(CovarianceTerm.noisePrior)]
        let place = prior.enumerated().map { $1 + 0.1 * sin(Double($0)) }
        let (_, gradient) = try fit.loss(place, prior: prior, work: .unwatched)
        for index in place.indices {
            var (low, high) = (place, place)
            low[index] -= 1e-4
            high[index] += 1e-4
            let slope =
                (try fit.loss(high, prior: prior, work: .unwatched).0
                    - fit.loss(low, prior: prior, work: .unwatched).0) / 2e-4
            #expect(abs(gradient[index] - slope) < 1e-3 * max(1, abs(slope)), "\(index)")
        }
    }
}
