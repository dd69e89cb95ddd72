import Foundation
import Support

/// Reads what the trainers of transformers write into a folder a run: `all_results.json`, else `eval_results.json`.
///
/// The folders name the model and the dataset: `MODEL/DATASET`, or `MODEL-finetuned-DATASET`. Folders such as `seed-1` below
/// them are runs.
struct TrainerReader: ZooReader {
    let format = ZooFormat.table

    func recognises(_ place: ReadingPlace) -> Bool { !Self.files(in: place, budget: 200).isEmpty }

    func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        let paths = Self.files(in: place)
        var count = 0
        for path in paths {
            try work.check()
            let file = facts.addFile(path)
            guard let (model, dataset) = Self.names(path) else {
                facts.note(
                    .leftOut,
                    "results of trainers in folders that do not name a model and a dataset (MODEL/DATASET or MODEL-finetuned-DATASET)",
                    at: .init(file: file))
                continue
            }
            guard let data = try? place.contents(of: path),
                let root = data.withUnsafeBytes({ try? JSONReader.read($0.bindMemory(to: UInt8.self)).root }),
                root.isMapping
            else {
                facts.note(.leftOut, "results of trainers that cannot be read", at: .init(file: file))
                continue
            }
            count += 1
            for (key, value) in root.pairs where value.isScalar {
                guard let (prefix, split) = Self.splits.first(where: { key.hasPrefix($0.prefix) }) else { continue }
                let metric = String(key.dropFirst(prefix.count))
                if Self.isSpeed(metric) { continue }
                facts.measurements.append(
                    .init(
                        model: facts.names.intern(model), dataset: facts.names.intern(dataset),
                        split: facts.names.intern(split), metric: facts.names.intern(metric),
                        value: value.text.flatMap { WrittenNumber($0)?.value } ?? .nan,
                        written: facts.names.intern(value.text), scale: nil, higherIsBetter: nil, file: file,
                        line: Int32(clamping: value.line)))
            }
        }
        guard count > 0 else { throw ZooError.notRecognised(path: place.path, files: paths) }
        facts.note(
            .noted,
            "results that trainers wrote: the outer folder is taken for the model, the inner one for the dataset",
            example: paths.first ?? "", at: .init(file: -1), count: count)
    }

    /// One file for each run.
    private static func files(in place: ReadingPlace, budget: Int = .max) -> [String] {
        let found = FileSearch.files(in: place, depth: 5, budget: budget) {
            $0 == "all_results.json" || $0 == "eval_results.json"
        }
        let whole = Set(found.filter { $0.hasSuffix("all_results.json") }.map(folder))
        return found.filter { $0.hasSuffix("all_results.json") || !whole.contains(folder($0)) }
    }

    private static func folder(_ path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// The model and the dataset that a file's folders name.
    static func names(_ path: String) -> (model: String, dataset: String)? {
        var folders = path.split(separator: "/").dropLast().map(String.init)
        while let last = folders.last, isRun(last) { folders.removeLast() }
        guard let last = folders.last else { return nil }
        for mark in ["-finetuned-", "-fine-tuned-", "_finetuned_", "-ft-"] {
            guard let cut = last.range(of: mark), cut.lowerBound > last.startIndex, cut.upperBound < last.endIndex
            else { continue }
            return (String(last[..<cut.lowerBound]), String(last[cut.upperBound...]))
        }
        return folders.count > 1 ? (folders.dropLast().joined(separator: "/"), last) : nil
    }

    /// `seed-1`, `run3`, `checkpoint-500`.
    private static func isRun(_ folder: String) -> Bool {
        let digits = folder.drop { !$0.isNumber }
        let word = String(folder.prefix { !$0.isNumber }).trimming(["-", "_", "="]).lowercased()
        return !digits.isEmpty && digits.allSatisfy(\.isNumber)
            && ["seed", "run", "fold", "trial", "checkpoint", ""].contains(word)
    }

    private static let splits = [("eval_", "validation"), ("test_", "test"), ("predict_", "test")].map {
        (prefix: $0.0, split: $0.1)
    }

    private static func isSpeed(_ metric: String) -> Bool {
        metric == "samples" || metric == "runtime" || metric.hasSuffix("_per_second") || metric.hasSuffix("_time")
            || metric.contains("mem_")
    }
}
