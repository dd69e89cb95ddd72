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

    @Option(help: "The protocols, with commas between them.")
    var protocols: CommaList<String> = ["one-dataset", "new-dataset", "new-model", "new-both", "completion"]
    @Option(help: "The methods, with commas between them.")
    var methods: CommaList<String> = ["auto", "history", "nearest-text", "factorisation", "family-size"]
    @Option(help: "Targets at once.")
    var threads = 2
    @Flag(help: "Without results on datasets that a model was trained on.")
    var excludeTrainedOn = false

    func run() throws {
        var zoo = try zoo.load()
        if excludeTrainedOn {
            let without = zoo.withoutTrainedOn()
            print("\(without.count) results on datasets that the model was trained on left out")
            zoo = without.zoo
        }
        let targets = zoo.spreadByName(zoo.evaluationTargets, atMost: atMost)
        let measures: [Measure] = [.pearson, .spearman, .weightedKendall, .ndcg(at: 5), .hit(at: 5), .recall(at: 5)]
        print(
            "protocol      method           "
                + measures.map { $0.name.padding(toLength: 10, withPad: " ", startingAt: 0) }
                .joined())
        for name in protocols.elements {
            guard let holdOut = HoldOut(rawValue: name) else { throw ValidationError("'\(name)' is no protocol.") }
            var evaluator = Evaluator(methods: methods.elements)
            evaluator.targets = targets
            evaluator.holdOut = holdOut
            evaluator.seeds = [seed]
            evaluator.threads = threads
            let evaluation = try evaluator.evaluate(zoo)
            for method in evaluation.methods {
                let figures = measures.map { measure in
                    let value = evaluation.mean(measure, method: method).map { String(format: "%.4f", $0) } ?? "–"
                    return value.padding(toLength: 10, withPad: " ", startingAt: 0)
                }
                print(
                    holdOut.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
                        + method.padding(toLength: 17, withPad: " ", startingAt: 0) + figures.joined())
            }
        }
    }
}
