import ArgumentParser
import Foundation
import TransferGraphCore

/// How long `auto` takes, and what memory, at the size of a model hub.
///
/// Memory is a process's greatest, so that each size wants a run of its own.
struct AutoHubCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-hub", abstract: "Seconds and memory of auto on a zoo of a hub's size, made in memory.")

    @Option(help: "Models.")
    var models = 2_000_000
    @Option(help: "Datasets.")
    var datasets = 300_000
    @Option(help: "Results, as many at most.")
    var results = 10_000_000
    @Option(help: "Results of the target that are known.")
    var known = 0
    @Option(help: "Targets to predict, one after the other.")
    var targets = 1

    func run() throws {
        var clock = ContinuousClock.now
        func step(_ title: String) {
            let seconds = (ContinuousClock.now - clock) / .seconds(1)
            print(String(format: "%-24@ %8.2f s %8d MiB", title as NSString, seconds, peakMebibytes() ?? 0))
            clock = ContinuousClock.now
        }
        let zoo = zoo()
        step("made")
        print("\(zoo.models.count) models, \(zoo.datasets.count) datasets, \(zoo.results.count) results")
        for number in 0..<targets {
            let target = number * 7 % zoo.datasets.count
            clock = ContinuousClock.now
            let revealed = zoo.results.column(target).prefix(known).map { Int(zoo.results.models[$0]) }
            let workspace = TargetWorkspace(zoo: zoo, target: target, revealing: revealed)
            step("held out")
            let prediction = try Auto().predict(workspace)
            step("predicted")
            let outlook = try prediction.outlook(in: workspace.zoo, seed: 42)
            _ = SearchAdvice(outlook, limit: 5, delta: outlook.usualDelta)
            step("weighed")
            _ = try prediction.explanations?(Array(prediction.ranking.prefix(5)), .unwatched)
            step("explained")
        }
    }

    /// Models of families and sizes, datasets of subjects in their names; a result is skill, level and what both share.
    private func zoo() -> Zoo {
        var generator = SeededGenerator(seed: 3)
        let subjects = ["birds", "cars", "reviews", "news", "faces", "plants", "maps", "speech", "law", "code"]
        var skill: [Double] = []
        let modelList = (0..<models).map { index -> Model in
            let family = Int(Double(400) * pow(generator.uniform(), 3))
            let size = exp(generator.normal() + 18)
            skill.append(0.4 * sin(Double(family)) + 0.2 * log(size / 6e7) + 0.6 * generator.normal())
            var model = Model(name: "org\(index % 50_021)/family\(family)-\(Int(size / 1e6))m-v\(index)")
            model.family = "family\(family)"
            model.parameters = size
            return model
        }
        let datasetList = (0..<datasets).map { index -> Dataset in
            var dataset = Dataset(name: "\(subjects[index % subjects.count])-\(index)")
            dataset.metric = DatasetMetric(name: "accuracy", scale: .fraction)
            return dataset
        }
        // Few datasets have very many results, as on a hub.
        var offsets = [0]
        var members: [Int32] = []
        var values: [Double] = []
        let scale = Double(results) / (0..<datasets).reduce(0.0) { $0 + 1 / Double(10 + $1) }
        for dataset in 0..<datasets {
            let wanted = min(models / 2, max(1, Int(scale / Double(10 + dataset))))
            let level = generator.normal()
            var chosen: Set<Int32> = []
            while chosen.count < wanted { chosen.insert(Int32(generator.index(below: models))) }
            for model in chosen.sorted() {
                members.append(model)
                values.append(1 / (1 + exp(-(level + skill[Int(model)] + 0.5 * generator.normal()))))
            }
            offsets.append(values.count)
        }
        return Zoo(
            name: "hub", models: modelList, datasets: datasetList,
            results: PairTable(offsets: offsets, models: members, values: values))
    }
}
