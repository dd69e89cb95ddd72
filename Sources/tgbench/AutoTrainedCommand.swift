import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// What `auto` makes of knowing which datasets models were trained on.
struct AutoTrainedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-trained", abstract: "auto with and without what models were trained on.",
        discussion: """
            Targets are those on which at least three models with a result were trained. Bias: by how much the models trained on \
            the target are predicted too high, less what all others are, in shares of the range of results.
            """)

    @OptionGroup var zoo: ZooOption
    @Option(help: "At most so many targets: every so many by name.")
    var atMost = 24

    func run() throws {
        let zoo = try zoo.load()
        let trained = TrainedOn(zoo)
        func count(_ dataset: Int) -> Int {
            zoo.results.column(dataset).count {
                trained.contains(model: Int(zoo.results.models[$0]), dataset: dataset)
            }
        }
        let candidates = zoo.evaluationTargets.filter { count($0) >= 3 }
        let targets = zoo.spreadByName(candidates, atMost: atMost)
        print(
            "\(trained.resultCount(in: zoo)) of \(zoo.results.count) results are of models trained on the dataset; "
                + "\(targets.count) of \(candidates.count) targets")
        print("                          Pearson   Spearman  bias")
        var without = AutoConstants()
        without.usesTrainingData = false
        try line("with the term", Auto(), zoo, targets, trained)
        try line("without the term", Auto(constants: without), zoo, targets, trained)
        try line("such results left out", Auto(), zoo.withoutTrainedOn().zoo, targets, trained)
    }

    private func line(
        _ title: String, _ method: Auto, _ zoo: Zoo, _ targets: [Int], _ trained: TrainedOn
    ) throws {
        var evaluator = Evaluator(methods: ["auto"])
        evaluator.targets = targets.filter { zoo.results.column($0).count >= 2 }
        evaluator.threads = 2
        let evaluation = try evaluator.evaluate(zoo, predictors: [method])
        let biases = evaluation.cells.compactMap { cell -> Double? in
            let outcome = cell.outcome
            guard let low = outcome.actual.min(), let high = outcome.actual.max(), high > low else { return nil }
            var errors: [Bool: [Double]] = [:]
            for (place, model) in outcome.models.enumerated() {
                let error = outcome.predicted[place] - (outcome.actual[place] - low) / (high - low)
                errors[trained.contains(model: model, dataset: cell.target), default: []].append(error)
            }
            guard let own = errors[true], let others = errors[false] else { return nil }
            return Statistics.moments(own).mean - Statistics.moments(others).mean
        }
        let figures = [
            evaluation.mean(.pearson, method: "auto"), evaluation.mean(.spearman, method: "auto"),
            biases.isEmpty ? nil : biases.reduce(0, +) / Double(biases.count),
        ].map { ($0.map { String(format: "%.4f", $0) } ?? "–").padding(toLength: 10, withPad: " ", startingAt: 0) }
        print(title.padding(toLength: 26, withPad: " ", startingAt: 0) + figures.joined())
    }
}
