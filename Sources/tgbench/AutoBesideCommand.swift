import ArgumentParser
import Core
import Foundation

/// `auto` beside the history mean and the variants of TransferGraph, with all and with little of the history.
struct AutoBesideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-beside", abstract: "auto against other methods, at each share of the history.")

    @Option(help: "The zoo's directory, or the name of a built-in zoo.")
    var zoo: String
    @Option(help: "The other methods, separated by commas.")
    var methods =
        "history,"
        + ["n2v", "n2v+", "sage", "gat"].flatMap { learner in
            ["lr", "rf", "xgb"].map { "tg:\($0):\(learner)" }
        }.joined(separator: ",")
    @Option(help: "Shares of the other datasets' results that are kept, separated by commas.")
    var historyRatios = "1,0.5,0.3,0.1"
    @Option(help: "Seeds, separated by commas.")
    var seeds = "0,1,2"

    func run() throws {
        let zoo = try BuiltInZoo.load(zoo) ?? Zoo.load(path: zoo)
        print("history  method            Pearson Spearman regret@5   auto is ahead by, Pearson")
        for ratio in historyRatios.split(separator: ",").compactMap({ Double($0) }) {
            var evaluator = Evaluator(methods: ["auto"] + methods.split(separator: ",").map(String.init))
            evaluator.historyRatio = ratio
            evaluator.seeds = seeds.split(separator: ",").compactMap { UInt64($0) }
            evaluator.threads = 2
            let evaluation = try evaluator.evaluate(zoo)
            let reached = evaluation.mean(.pearson, method: "auto") ?? .nan
            for method in evaluation.methods {
                let values = [Measure.pearson, .spearman, .regret(at: 5)].map {
                    evaluation.mean($0, method: method) ?? .nan
                }
                print(
                    String(format: "%-8g ", ratio) + method.padding(toLength: 16, withPad: " ", startingAt: 0)
                        + values.map { String(format: " %8.4f", $0) }.joined()
                        + (method == "auto" ? "" : String(format: "   %+.4f", reached - values[0])))
            }
        }
    }
}
