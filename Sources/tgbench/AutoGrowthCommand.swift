import ArgumentParser
import Foundation
import TransferGraphCore

/// How `auto`'s time and memory grow with the results of a sparse zoo.
///
/// Memory is a process's greatest, so that each size wants a run of its own.
struct AutoGrowthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto-growth", abstract: "Seconds and memory of auto on a sparse zoo made for it.")

    @Option(help: "Models.")
    var models = 700
    @Option(help: "Datasets.")
    var datasets = 1_500
    @Option(help: "Results.")
    var results = 100_000
    @Option(help: "Targets to predict, one after the other.")
    var targets = 3

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "sparse-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(to: folder)
        let zoo = try Zoo.load(path: folder.path)
        let before = (peakMebibytes() ?? 0)
        let start = ContinuousClock.now
        for target in 0..<targets {
            _ = try Auto().predict(TargetWorkspace(zoo: zoo, target: target * 7 % zoo.datasets.count))
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(max(targets, 1))
        print(
            String(
                format:
                    "%d models, %d datasets, %d results: %.2f s a target, %d MiB at most (%d MiB with the zoo alone)",
                zoo.models.count, zoo.datasets.count, zoo.results.count, seconds, (peakMebibytes() ?? 0), before))
    }

    /// Records with a family and a size for each model, distances for none, and one score for a tenth of the datasets.
    private func write(to folder: URL) throws {
        var generator = SeededGenerator(seed: 3)
        let skill = (0..<models).map { _ in generator.normal() }
        let level = (0..<datasets).map { _ in generator.normal() }
        var seen: Set<Int> = []
        for index in 0..<max(models, datasets) { seen.insert(index % models * datasets + index % datasets) }
        while seen.count < min(results, models * datasets) { seen.insert(generator.index(below: models * datasets)) }
        var records = "model,dataset,score\n"
        for pair in seen.sorted() {
            let (model, dataset) = (pair / datasets, pair % datasets)
            let result = 10 * level[dataset] + skill[model] + 0.5 * generator.normal()
            records += "m\(model),d\(dataset),\(result)\n"
        }
        var metadata = "model,family,parameters\n"
        for model in 0..<models { metadata += "m\(model),f\(model % 23),\(1_000_000 * (1 + model % 97))\n" }
        var scores = "model,dataset,method,value\n"
        for dataset in stride(from: 0, to: datasets, by: 10) {
            for model in 0..<models {
                scores += "m\(model),d\(dataset),LogME,\(0.5 * skill[model] + generator.normal())\n"
            }
        }
        for (name, text) in [("records", records), ("models", metadata), ("scores", scores)] {
            try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).csv"))
        }
    }
}
