import ArgumentParser
import Foundation
import TransferGraphCore

/// Times leave-one-dataset-out on a zoo, method by method, and prints what each reaches.
struct EvaluationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Seconds a target and mean correlation of each method on a zoo.")

    @OptionGroup var zoo: ZooOption
    @Option(help: "Methods, separated by commas.")
    var methods: CommaList<String> = [
        "history", "logme", "reg-h-score", "tg:lr:n2v", "tg:rf:n2v", "tg:xgb:n2v",
    ]
    @Option(help: "Seeds, separated by commas.")
    var seeds: CommaList<UInt64> = [42]
    @Option(help: "Targets worked on at the same time.")
    var threads = 2
    @Option(help: "The share of the other datasets' results that is kept.")
    var historyRatio = 1.0
    @Flag(help: "A line a target too.")
    var targets = false

    func run() throws {
        let zoo = try zoo.load()
        print("method                pearson spearman regret@5   s/target")
        for method in methods.elements {
            var evaluator = Evaluator(methods: [method])
            evaluator.seeds = seeds.elements
            evaluator.threads = threads
            evaluator.historyRatio = historyRatio
            let start = ContinuousClock.now
            let evaluation = try evaluator.evaluate(zoo)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let runs = Double(evaluation.targets.count * evaluator.seeds.count)
            print(row(method, evaluation, target: nil) + String(format: " %10.4f", seconds / runs))
            for target in targets ? evaluation.targets : [] {
                print(row("  " + zoo.datasets[target].name, evaluation, target: target, method: method))
            }
        }
    }

    private func row(_ title: String, _ evaluation: Evaluation, target: Int?, method: String? = nil) -> String {
        let measures: [Measure] = [.pearson, .spearman, .regret(at: 5)]
        let values = measures.map { measure in
            target.map { evaluation.value(measure, method: method ?? title, target: $0) }
                ?? evaluation.mean(measure, method: method ?? title)
        }
        return title.padding(toLength: 20, withPad: " ", startingAt: 0)
            + values.map { $0.map { String(format: " %8.4f", $0) } ?? " undefined" }.joined()
    }
}
