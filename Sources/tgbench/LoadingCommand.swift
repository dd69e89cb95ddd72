import ArgumentParser
import Foundation
import TransferGraphCore

/// How long a large table of results takes to become a zoo, and how much memory.
struct LoadingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loading", abstract: "Seconds and memory of loading a table of results, made for it or given.")

    @Option(help: "Results.")
    var results = 10_000_000
    @Option(help: "Models.")
    var models = 20_000
    @Option(help: "Datasets.")
    var datasets = 5_000
    @Option(help: "A zoo to load instead; its parts may be repeated to make it larger.")
    var path: String?
    @Option(help: "How many times the given zoo's results are written, each time for models of other names.")
    var copies = 1

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "loading-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("records.csv")
        if let path { try write(copiesOf: path, to: file) } else { try write(to: file) }
        let bytes = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        let before = peakMebibytes() ?? 0
        let start = ContinuousClock.now
        let zoo = try Zoo.load(path: folder.path)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(
            String(
                format: "%d results of %d models on %d datasets, %.0f MB: %.2f s, %d MiB at most (%d MiB before)",
                zoo.results.count, zoo.models.count, zoo.datasets.count, Double(bytes) / 1e6, seconds,
                peakMebibytes() ?? 0,
                before))
    }

    /// Each pair once, models in turn, with results of four digits.
    private func write(to file: URL) throws {
        let output = try Output(file)
        output.write("model,dataset,score\n")
        var generator = SeededGenerator(seed: 1)
        let perModel = max(1, results / models)
        for model in 0..<models {
            let first = generator.index(below: datasets)
            for step in 0..<min(perModel, datasets) {
                let dataset = (first + step) % datasets
                output.write(
                    "model-family/model-\(model),dataset-\(dataset),0.\(1000 + generator.index(below: 9000))\n")
            }
        }
        try output.close()
    }

    /// The results of a zoo that is there, again and again.
    private func write(copiesOf path: String, to file: URL) throws {
        let zoo = try Zoo.load(path: path)
        let output = try Output(file)
        output.write("model,dataset,score\n")
        for copy in 0..<copies {
            for entry in zoo.results.entries {
                let model = zoo.models[entry.model].name
                output.write(
                    "\(model)\(copy == 0 ? "" : "-copy\(copy)"),\(zoo.datasets[entry.dataset].name),\(entry.value)\n")
            }
        }
        try output.close()
    }

    /// A file written through a buffer.
    private final class Output {
        private let handle: FileHandle
        private var buffer: [UInt8] = []

        init(_ file: URL) throws {
            try Data().write(to: file)
            handle = try FileHandle(forWritingTo: file)
        }

        func write(_ text: String) {
            buffer += Array(text.utf8)
            if buffer.count > 1 << 22 { flush() }
        }

        private func flush() {
            handle.write(Data(buffer))
            buffer.removeAll(keepingCapacity: true)
        }

        func close() throws {
            flush()
            try handle.close()
        }
    }
}
