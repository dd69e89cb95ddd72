import Foundation
import Support

/// Reads what the trainers of transformers write into a folder a run, where the folder is no model's: the folders name the
/// model and the dataset (``TrainerResults/names(folders:)``). Beside a `config.json` or a card ``HuggingFaceReader`` reads it.
struct TrainerReader: ZooReader {
    let format = ZooFormat.table

    func recognises(_ place: ReadingPlace) -> Bool {
        Self.runs(in: place, budget: 200).contains { folder, files in
            files.contains { $0 != "trainer_state.json" } || Self.names(folder) != nil
        }
    }

    func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        let runs = Self.runs(in: place)
        var count = 0
        var first = ""
        for (position, (folder, files)) in runs.enumerated() {
            try work.check()
            if position & 63 == 0 { work.report("reading runs", Double(position) / Double(runs.count)) }
            let paths = files.map { FolderListing.join(folder, $0) }
            let file = facts.addFile(paths[0])
            // What else lies there says the same, or what the run was asked for.
            for path in paths.dropFirst() { _ = facts.addFile(path) }
            guard let (model, dataset) = Self.names(folder) else {
                facts.note(
                    .leftOut,
                    "results of trainers in folders that do not name a model and a dataset (MODEL/DATASET or MODEL-finetuned-DATASET)",
                    at: .init(file: file))
                continue
            }
            var isReadable = false
            var entries: [TrainerResults.Entry] = []
            var source = file
            for path in paths where entries.isEmpty {
                guard let root = try? HubFile.json(place, path).root, root.isMapping else { continue }
                isReadable = true
                entries = TrainerResults.entries(root)
                if !entries.isEmpty, path != paths[0] { source = facts.addFile(path) }
            }
            guard isReadable else {
                facts.note(.leftOut, "results of trainers that cannot be read", at: .init(file: file))
                continue
            }
            guard !entries.isEmpty else {
                facts.note(.leftOut, "runs of trainers that were never evaluated", at: .init(file: file))
                continue
            }
            count += 1
            if first.isEmpty { first = paths[0] }
            for entry in entries {
                facts.measurements.append(
                    .init(
                        model: facts.names.intern(model), dataset: facts.names.intern(dataset),
                        split: facts.names.intern(entry.split), metric: facts.names.intern(entry.metric),
                        value: entry.value.text.flatMap { WrittenNumber($0)?.value } ?? .nan,
                        written: facts.names.intern(entry.value.text), scale: nil, higherIsBetter: nil, file: source,
                        line: Int32(clamping: entry.value.line)))
            }
        }
        guard count > 0 else { throw ZooError.notRecognised(path: place.path, files: runs.flatMap(\.files)) }
        facts.note(
            .noted,
            "results that trainers wrote: the outer folder is taken for the model, the inner one for the dataset",
            example: first, at: .init(file: -1), count: count)
    }

    /// Folders with results of trainers that are no model's, with those files in the order in which they count. Of a run's
    /// checkpoints only the last: its state tells of those before.
    private static func runs(in place: ReadingPlace, budget: Int = .max) -> [(folder: String, files: [String])] {
        let found = FileSearch.files(in: place, depth: 5, budget: budget) { TrainerResults.files.contains($0) }
        var folders: [String: Set<String>] = [:]
        for path in found {
            let parts = path.split(separator: "/")
            folders[parts.dropLast().joined(separator: "/"), default: []].insert(String(parts.last ?? ""))
        }
        var last: [String: Int] = [:]
        func split(_ folder: String) -> (run: String, checkpoint: Int)? {
            let parts = folder.split(separator: "/").map(String.init)
            guard let number = parts.last.flatMap(TrainerResults.checkpoint) else { return nil }
            return (parts.dropLast().joined(separator: "/"), number)
        }
        for folder in folders.keys {
            if let (run, number) = split(folder) { last[run] = max(last[run] ?? 0, number) }
        }
        return folders.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap { folder, names in
            if let (run, number) = split(folder), folders[run] != nil || last[run] != number { return nil }
            if ["config.json", "adapter_config.json"].contains(where: { place.has(FolderListing.join(folder, $0)) }) {
                return nil
            }
            let card = FolderListing.join(folder, "README.md")
            if place.has(card), ModelCard.kind(HubFile.head(place, card, 1 << 16)) == .model { return nil }
            return (folder, TrainerResults.files.filter(names.contains))
        }
    }

    private static func names(_ folder: String) -> (model: String, dataset: String)? {
        TrainerResults.names(folders: folder.split(separator: "/").map(String.init))
    }
}
