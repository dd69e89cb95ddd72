import Foundation
import Support
import TransferGraphCore

/// A zoo that the project ships and that others measured: made from their public results, as a copy of them or a zoo in
/// the tidy layout has them.
public enum PublicZoo: String, Sendable, CaseIterable {
    case mteb
    case timm

    /// What `%zoo info` says of it.
    public var about: [String] {
        switch self {
        case .mteb:
            [
                "Text and multimodal embedding models on the tasks of the Massive Text Embedding Benchmark: the main score on the test split, mean over a task's subsets. Nothing was fine-tuned: the models' embeddings were used as they are.",
                "Source: the benchmark's results repository (embeddings-benchmark/results), CC0-1.0; facts on tasks from its software (embeddings-benchmark/mteb), Apache-2.0.",
                "Two dozen of the benchmark's tasks are not in it.",
                "All scores lie between -1 and 1 and higher is better, but for CPUSpeedTask and GPUSpeedTask: words a second.",
                "What a model was trained on is as its makers tell; a model that has seen a task's data does better on it than on yours.",
            ]
        case .timm:
            [
                "Image classifiers on ImageNet and seven test sets made to be like it or unlike it: top-1 accuracy as a fraction. Nothing was fine-tuned for these sets.",
                "Source: the results tables of PyTorch Image Models (huggingface/pytorch-image-models), Apache-2.0.",
                "A model that was measured at several image sizes has their mean.",
                "imagenet-a-clean and imagenet-r-clean are the same images as imagenet, of 200 classes. ImageNet's validation images were used for choosing among the models' weights, so that results on it are a little too good.",
            ]
        }
    }

    /// Makes the zoo.
    ///
    /// - Parameters:
    ///   - source: what `%zoo load` reads: a results folder, or a zoo.
    ///   - tasks: a table of the datasets, `datasets.csv`; of those in it that have no results none is taken.
    /// - Throws: ``ZooError``, ``TableError``, ``ForgeError``.
    public func make(from source: String, tasks: String? = nil, work: Work = .unwatched) throws -> Zoo {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("zoo-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let read = try Zoo.load(paths: [source], work: work)
        var paths = [source]
        func add(_ table: Data, _ name: String) throws {
            let place = folder.appendingPathComponent("\(paths.count)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try table.write(to: place.appendingPathComponent(name))
            paths.append(place.appendingPathComponent(name).path)
        }
        if let tasks { try add(Self.tasks(tasks, of: read), "datasets.csv") }
        let told = tasks == nil ? read : try Zoo.load(paths: paths, work: work)
        switch self {
        case .mteb: try add(Self.meanings(of: told), "datasets.csv")
        case .timm:
            try add(Self.origins(of: told), "models.csv")
            try add(Self.accuracies(of: told), "datasets.csv")
        }
        return try Zoo.load(paths: paths, name: rawValue, work: work)
    }

    /// Writes the zoo as it is shipped: without the log of what was read, tables of some size packed.
    ///
    /// - Parameter source: what it was made from. Where that is a zoo in the tidy layout, its tables are kept as they are but
    ///   for those that something was added to, so that loading tells what is wrong in them.
    /// - Throws: ``ZooError``, ``ForgeError``.
    public func write(_ zoo: Zoo, from source: String, to directory: URL) throws {
        _ = try ZooWriter(zoo).write(to: directory.path)
        let manager = FileManager.default
        let added = self == .mteb ? ["datasets.csv"] : ["datasets.csv", "models.csv"]
        do {
            try Data(about.map { $0 + "\n" }.joined().utf8).write(to: directory.appendingPathComponent("about.txt"))
            for name in try manager.contentsOfDirectory(atPath: directory.path) where name.hasSuffix(".csv") {
                let file = directory.appendingPathComponent(name)
                let given = URL(fileURLWithPath: source).appendingPathComponent(name)
                if !added.contains(name), zoo.format == ZooFormat.tidy.rawValue,
                    let table = try? Data(contentsOf: given)
                {
                    try table.write(to: file)
                }
                if name != "measurements.csv" {
                    let table = try Data(contentsOf: file)
                    if table.count < 4096 { continue }
                    try Compression.zstd(table).write(to: directory.appendingPathComponent(name + ".zst"))
                }
                try manager.removeItem(at: file)
            }
        } catch {
            throw ForgeError.notWritable(.zoo, path: directory.path, reason: FileFailure.reason(error))
        }
    }

    /// The rows of a table of tasks that have results in `zoo`.
    private static func tasks(_ path: String, of zoo: Zoo) throws -> Data {
        let table = try CSVTable(contentsOf: URL(fileURLWithPath: path))
        guard
            let column = table.header.firstIndex(where: { ["dataset", "task", "task_name"].contains($0.lowercased()) })
        else {
            throw ForgeError.zooFileMissing(file: "a column dataset in \(table.file)", directory: path)
        }
        let names = Set(zoo.targets.flatMap { [zoo.datasets[$0].name] + zoo.datasets[$0].aliases })
        let rows = table.rows.filter { $0.fields.count > column && names.contains($0.fields[column]) }
        return Data((CSV.row(table.header) + rows.map { CSV.row($0.fields) }.joined()).utf8)
    }

    /// What a task's results are, where the table of tasks does not tell: a main score is better the higher it is, and a
    /// fraction, but for speeds.
    private static func meanings(of zoo: Zoo) -> Data {
        var text = "dataset,metric,higher_is_better,scale\n"
        for index in zoo.targets {
            let dataset = zoo.datasets[index]
            let values = zoo.results.values[zoo.results.column(index)]
            let isSpeed = dataset.name.hasSuffix("SpeedTask") || values.contains { $0 > 1.5 }
            if isSpeed {
                text += CSV.row([dataset.name, "words_per_second", "true", "as-written"])
            } else if dataset.metric.directionSource == .assumed || dataset.metric.scale != .fraction {
                text += CSV.row([dataset.name, dataset.metric.name ?? "", "true", "fraction"])
            }
        }
        return Data(text.utf8)
    }

    private static func accuracies(of zoo: Zoo) -> Data {
        let rows = zoo.targets.filter { zoo.datasets[$0].metric.name == nil }.map {
            CSV.row([zoo.datasets[$0].name, "top1_accuracy", "true", "fraction"])
        }
        return Data(("dataset,metric,higher_is_better,scale\n" + rows.joined()).utf8)
    }

    /// The data that a model was trained on, by its name's tag.
    private static func origins(of zoo: Zoo) -> Data {
        var text = "model,pretraining_dataset\n"
        for model in zoo.models where model.pretrainingDatasets.isEmpty {
            let datasets = TimmName(model.name).pretraining
            if !datasets.isEmpty { text += CSV.row([model.name, datasets.joined(separator: ";")]) }
        }
        return Data(text.utf8)
    }
}
