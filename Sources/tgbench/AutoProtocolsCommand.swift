import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// `auto` beside plain baselines on models and datasets that no record has.
struct AutoProtocolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-protocols", abstract: "auto beside baselines under each protocol of evaluation.")

    @OptionGroup var zoo: ZooOption
    @Option(help: "At most so many targets: every so many by name.")
    var atMost = 24
    @Option(help: "The seed that folds are drawn by.")
    var seed: UInt64 = 42

    func run() throws {
        let zoo = try zoo.load()
        let targets = zoo.spreadByName(zoo.evaluationTargets, atMost: atMost)
        let measures: [Measure] = [.pearson, .spearman, .weightedKendall, .ndcg(at: 5), .hit(at: 5), .recall(at: 5)]
        print(
            "protocol      method           "
                + measures.map { $0.name.padding(toLength: 10, withPad: " ", startingAt: 0) }
                .joined())
        for heldOut in HoldOut.allCases {
            var evaluator = Evaluator(methods: [])
            evaluator.targets = targets
            evaluator.seeds = [seed]
            evaluator.threads = 2
            let methods: [any PredictionMethod] = [
                Auto(), History(), NearestByText(), MatrixFactorisation(), FamilyAndSize(),
            ]
            let evaluation = try evaluator.evaluate(zoo, holdingOut: heldOut, predictors: methods)
            for method in evaluation.methods {
                let figures = measures.map { measure in
                    let value = evaluation.mean(measure, method: method).map { String(format: "%.4f", $0) } ?? "–"
                    return value.padding(toLength: 10, withPad: " ", startingAt: 0)
                }
                print(
                    heldOut.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
                        + method.padding(toLength: 17, withPad: " ", startingAt: 0) + figures.joined())
            }
        }
    }
}
