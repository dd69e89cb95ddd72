import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// Times leave-one-dataset-out on a zoo, method by method, and prints what each reaches.
struct EvaluationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Seconds a target and mean correlation of each method on a zoo.")

    @OptionGroup var options: EvaluationOptions
    @Option(help: "Methods, separated by commas.")
    var methods: CommaList<String> = [
        "history", "logme", "reg-h-score", "tg:lr:n2v", "tg:rf:n2v", "tg:xgb:n2v",
    ]

    func run() throws {
        let zoo = try options.zoo()
        print("history  method                pearson spearman regret@5   s/target")
        for ratio in options.historyRatios.elements {
            for method in methods.elements {
                var evaluator = Evaluator(methods: [method])
                evaluator.seeds = options.seeds.elements
                evaluator.threads = options.threads
                evaluator.historyRatio = ratio
                let start = ContinuousClock.now
                let evaluation = try evaluator.evaluate(zoo)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                let runs = Double(evaluation.targets.count * evaluator.seeds.count)
                let share = String(format: "%-8g ", ratio)
                print(share + row(method, evaluation, target: nil) + String(format: " %10.4f", seconds / runs))
                for target in options.targets ? evaluation.targets : [] {
                    print(share + row("  " + zoo.datasets[target].name, evaluation, target: target, method: method))
                }
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
