import Testing
import TransferGraphCore

/// What `auto` reached when these were written, less what draws of the history move: a change that falls below one of them
/// made it worse. The figures are means over eight targets and twelve seeds; the standard deviation of a mean over
/// three seeds is 0.001 with all of the history and up to 0.01 with a tenth.
@Suite(.enabled(if: SharedFiles.areThere, "skipped: the published zoos are not beside the repository"))
struct AutoRegressionTests {
    struct Figures: Sendable {
        let path: String
        let ratio: Double
        let pearson: Double
        let spearman: Double
        let coverage: Double
        /// How far below the correlations may lie.
        let margin: Double
    }

    static let figures = [
        Figures(path: SharedFiles.imageZoo, ratio: 1, pearson: 0.861, spearman: 0.633, coverage: 0.85, margin: 0.01),
        Figures(path: SharedFiles.imageZoo, ratio: 0.5, pearson: 0.851, spearman: 0.617, coverage: 0.84, margin: 0.03),
        Figures(path: SharedFiles.imageZoo, ratio: 0.3, pearson: 0.824, spearman: 0.599, coverage: 0.84, margin: 0.03),
        Figures(path: SharedFiles.imageZoo, ratio: 0.1, pearson: 0.691, spearman: 0.531, coverage: 0.67, margin: 0.04),
        Figures(path: SharedFiles.textZoo, ratio: 1, pearson: 0.825, spearman: 0.747, coverage: 0.86, margin: 0.01),
        Figures(path: SharedFiles.textZoo, ratio: 0.5, pearson: 0.809, spearman: 0.735, coverage: 0.80, margin: 0.03),
        Figures(path: SharedFiles.textZoo, ratio: 0.3, pearson: 0.794, spearman: 0.723, coverage: 0.80, margin: 0.03),
        Figures(path: SharedFiles.textZoo, ratio: 0.1, pearson: 0.762, spearman: 0.702, coverage: 0.83, margin: 0.04),
    ]

    @Test(arguments: figures) func itIsAsGoodAsItWas(_ figures: Figures) throws {
        let evaluation = try AutoEvaluations.evaluation(figures.path, historyRatio: figures.ratio)
        #expect(try #require(evaluation.mean(.pearson, method: "auto")) > figures.pearson - figures.margin)
        #expect(try #require(evaluation.mean(.spearman, method: "auto")) > figures.spearman - 2 * figures.margin)
        let shares = AutoEvaluations.coverage(evaluation)
        #expect(abs(shares.reduce(0, +) / Double(shares.count) - figures.coverage) < 0.08)
    }
}
