import Foundation
import Support

/// Reads the results tables of PyTorch Image Models: `results-*.csv`, with `benchmark-*.csv` and `model_metadata-*.csv`.
///
/// A model stands in several rows where it was run at several image sizes: settings of one model. The tables hold nothing
/// but benchmarks, so that an accuracy on ImageNet is a result here.
public struct TimmReader: ZooReader {
    public let format = ZooFormat.timm

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        Self.files(in: place, budget: 20).contains { path in
            let name = FileSearch.name(path, in: place)
            if name.hasSuffix(".json") { return true }
            let header = HubFile.header(place, path)
            // Speeds alone are recognised, so that they are refused and not taken for results.
            if name.hasPrefix("benchmark-") {
                return header.first == "model" && header.contains { $0.hasSuffix("_samples_per_sec") }
            }
            return name.hasPrefix("results-") && header.first == "model" && header.contains("top1")
                && header.contains("top5")
        }
    }

    private static let kinds = ["results-", "benchmark-", "model_metadata-"]

    /// The tables, and what `script/export-zoo timm` wrote.
    private static func files(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 2, budget: budget) { name in
            name.hasSuffix(".json") || name.hasSuffix(".csv") && kinds.contains { name.hasPrefix($0) }
        }.filter { path in
            guard FileSearch.name(path, in: place).hasSuffix(".json") else { return true }
            let head = String(decoding: HubFile.head(place, path, 1 << 13), as: UTF8.self)
            return head.contains("\"crop_pct\"") && head.contains("\"input_size\"") && head.contains("\"architecture\"")
        }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.holdsOnlyBenchmarks = true
        facts.source.repeats = .reports
        let paths = Self.files(in: place)
        // Results first: a name that only the other tables know is no model.
        var models: Set<String> = []
        for (index, prefix) in Self.kinds.enumerated() {
            for path in paths where FileSearch.name(path, in: place).hasPrefix(prefix) {
                try work.check()
                work.report("reading \(path)", Double(index) / 3)
                let file = facts.addFile(FileSearch.label(path, in: place))
                do throws(DocumentError) {
                    let table = try HubFile.table(place, path)
                    switch prefix {
                    case "results-":
                        let name = FileSearch.name(path, in: place)
                        try TimmTables.readResults(table, of: name, file: file, models: &models, into: &facts)
                    case "benchmark-": TimmTables.readSpeeds(table, file: file, models: models, into: &facts)
                    default: TimmTables.readMetadata(table, file: file, models: models, into: &facts)
                    }
                } catch {
                    facts.note(
                        .leftOut, "tables that cannot be read", example: error.problem,
                        at: .init(file: file, line: error.line))
                }
            }
        }
        for path in paths where FileSearch.name(path, in: place).hasSuffix(".json") {
            try work.check()
            let file = facts.addFile(FileSearch.label(path, in: place))
            do throws(DocumentError) {
                if let root = try HubFile.json(place, path).root {
                    TimmTables.readModels(root, file: file, into: &facts)
                }
            } catch {
                facts.note(
                    .leftOut, "files that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            }
        }
        guard !paths.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        let hasOnlySpeeds = paths.allSatisfy { FileSearch.name($0, in: place).hasPrefix("benchmark-") }
        if hasOnlySpeeds, facts.measurements.count == 0 { throw ZooError.onlySpeeds(path: place.path) }
    }
}
