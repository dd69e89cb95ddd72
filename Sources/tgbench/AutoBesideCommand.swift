import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// `auto` beside the history mean and the variants of TransferGraph, with all and with little of the history.
struct AutoBesideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-beside", abstract: "auto against other methods, at each share of the history.")

    @OptionGroup var zoo: ZooOption
    @Option(help: "The other methods, separated by commas; history and all variants of TransferGraph by default.")
    var methods: CommaList<String>?
    @Option(help: "Shares of the other datasets' results that are kept, separated by commas.")
    var historyRatios: CommaList<Double> = [1, 0.5, 0.3, 0.1]
    @Option(help: "Seeds, separated by commas.")
    var seeds: CommaList<UInt64> = [0, 1, 2]

    func run() throws {
        let zoo = try zoo.load()
        let others =
            methods?.elements
            ?? MethodCatalog.entries(for: zoo).map(\.name).filter { $0 == "history" || $0.hasPrefix("tg:") }
        print(
            "history  method            Pearson Spearman regret@5   auto is ahead by, Pearson; won, tied, lost; p; adjusted"
        )
        for ratio in historyRatios.elements {
            var evaluator = Evaluator(methods: ["auto"] + others)
            evaluator.historyRatio = ratio
            evaluator.seeds = seeds.elements
            evaluator.threads = 2
            let summary = try EvaluationSummary(evaluator.evaluate(zoo), baseline: "auto", threads: 2)
            for method in summary.methods {
                let values = [Measure.pearson, .spearman, .regret(at: 5)].map { method[$0]?.mean ?? .nan }
                print(
                    String(format: "%-8g ", ratio) + method.name.padding(toLength: 16, withPad: " ", startingAt: 0)
                        + values.map { String(format: " %8.4f", $0) }.joined()
                        + (method.comparisons[.pearson].map(Self.lead) ?? ""))
            }
        }
    }

    /// What `auto` is ahead by of the method that is compared with it.
    private static func lead(_ comparison: PairedComparison) -> String {
        let interval = comparison.interval.map { String(format: " [%+.3f, %+.3f]", -$0.upper, -$0.lower) } ?? ""
        return String(format: "   %+.4f", -comparison.difference) + interval
            + "; \(comparison.lost), \(comparison.tied), \(comparison.won)"
            + String(format: "; %.4f; %.4f", comparison.pValue, comparison.adjustedPValue)
    }
}
