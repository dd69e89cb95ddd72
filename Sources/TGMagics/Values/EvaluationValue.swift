import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TransferGraphCore

/// An evaluation as it is shown: means by method, each target, and predicted against actual.
public struct EvaluationValue: SessionValue {
    public let evaluation: Evaluation
    /// The evaluation in figures.
    public let statistics: EvaluationSummary
    /// Whether the calibration of intervals is drawn too.
    private let showsCalibration: Bool
    private let isInteractive: Bool
    /// What was left out of the zoo beforehand, in a sentence.
    let leftOut: String?
    /// By target, how many held-out results are of models that were trained on it.
    let trainedCounts: [Int]

    /// Computes the figures, which takes a moment.
    ///
    /// - Throws: `Cancelled`.
    public init(
        _ evaluation: Evaluation, showsCalibration: Bool = false, leftOut: String? = nil, resamples: Int? = nil,
        isInteractive: Bool = false,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount, work: Work
    ) throws {
        self.evaluation = evaluation
        self.showsCalibration = showsCalibration
        self.isInteractive = isInteractive
        self.leftOut = leftOut
        let zoo = evaluation.zoo
        let trained = TrainedOn(zoo)
        trainedCounts = evaluation.targets.map { target in
            zoo.results.column(target).count { trained.contains(model: Int(zoo.results.models[$0]), dataset: target) }
        }
        statistics = try EvaluationSummary(
            evaluation, baseline: evaluation.holdOut.baseline, resamples: resamples, threads: threads, work: work)
    }

    public var kind: String { "evaluation" }
    public var text: String { summary }
    public var summary: String {
        let count = evaluation.targets.count
        return "\(evaluation.methods.joined(separator: ", ")) on \(count) target\(count == 1 ? "" : "s")"
    }

    public var figures: [DisplayData] {
        charts.map { $0.display(isInteractive: isInteractive) }
    }

    var charts: [any Chart] {
        var comparing: [any Chart] = []
        if statistics.methods.count > 1 {
            // A fold has only some of the models: it cannot tell how many runs a good result takes.
            comparing = evaluation.holdOut.foldsPerTarget > 1 ? [methodsChart] : [methodsChart, regretByRuns]
        }
        return comparing + [scatter] + (showsCalibration ? [calibration] : [])
    }

    public var display: DisplayData {
        let means = means
        var html = means.html
        var plain = means.plainText
        func fold(_ title: String, _ table: Table) {
            html += "<details><summary>\(title)</summary>\(table.html)</details>"
        }
        if evaluation.targets.count > 1 {
            let details = details
            fold("Each target", details)
            plain += "\n\n" + details.plainText
        }
        fold("The intervals of every mean", uncertainty)
        if let comparisons { fold("Against \(statistics.baseline) by every measure", comparisons) }
        return DisplayData(data: [
            "text/plain": .string(plain), "text/html": .string(html), DisplayData.transferGraphJSON: json,
        ])
    }
}
