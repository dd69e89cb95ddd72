import Foundation
import Support

/// Reads what people have of the Hugging Face hub: its cache, cloned repositories, heaps of cards, dumps of its API.
///
/// A model is the folder that its files lie in, whatever its `model-index` calls it. Results belong to fine-tuned copies;
/// whether they count for the copy or its parent is the choice's to say.
public struct HuggingFaceReader: ZooReader {
    public let format = ZooFormat.huggingface

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        guard let folders = try? HuggingFaceFolders(in: place, budget: 40, work: .unwatched) else { return false }
        if !folders.dumps.isEmpty || folders.repositories.contains(where: { !$0.isOfHeap }) { return true }
        // Any folder has texts; those of the hub begin with a model's keys.
        return folders.repositories.prefix(20).contains { repository in
            guard let card = repository.card else { return false }
            let head = HubFile.head(place, card, 1 << 16)
            return head.withUnsafeBufferPointer { bytes in
                guard let front = FrontMatter(in: bytes),
                    let tree = try? YAMLReader.read(UnsafeBufferPointer(rebasing: bytes[front.yaml])),
                    let root = tree.root
                else { return false }
                return ModelCard.kind(root.pairs.map(\.key)) != .other
                    && (root["model-index"] ?? root["license"] ?? root["tags"] ?? root["base_model"]) != nil
            }
        }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.resultsAreOfCopies = true
        facts.source.repeats = .reports
        let folders = try HuggingFaceFolders(in: place, work: work)
        let repositories = folders.repositories.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var readings = try ReadingThreads.map(repositories, stage: "reading cards", work: work.part(0...0.8)) {
            Self.read($0, place)
        }
        Self.dropTexts(&readings, repositories)
        for dump in folders.dumps {
            readings += try Self.readDump(dump, place, into: &facts, work: work.part(0.8...0.9))
        }
        let readModels = readings.filter(\.isModel)
        guard !readModels.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        let placeOfAll = Facts.Place(file: facts.addFile(""))
        for name in folders.unfinished {
            facts.note(
                .leftOut, "cached models of which no card or configuration is there", example: name, at: placeOfAll)
        }
        let byName = Dictionary(grouping: readModels, by: \.model).mapValues(\.count)
        for (model, count) in byName.filter({ $0.value > 1 }).sorted(by: { $0.key < $1.key }) {
            facts.note(
                .merged, "models that lie in several places: what all of them say is taken",
                example: "\(model): \(count)", at: placeOfAll)
        }
        for card in folders.otherCards {
            facts.note(
                .leftOut, "cards of data sets, spaces and sites, which are no models", example: card, at: placeOfAll)
        }
        for card in folders.cardsBelow {
            facts.note(
                .leftOut, "cards in a model's subfolders, which belong to the model and are not read", example: card,
                at: placeOfAll)
        }
        for (folder, count) in folders.earlierCheckpoints {
            facts.note(
                .leftOut, "earlier checkpoints of runs: the last one is read", example: folder, at: placeOfAll,
                count: count)
        }
        for repository in repositories where repository.otherRevisions > 0 {
            facts.note(
                .noted, "cached models with further revisions, which are not read", example: repository.name,
                at: placeOfAll, count: repository.otherRevisions)
        }
        for repository in repositories where repository.card == nil {
            facts.note(
                .noted, "models without a card: only what their configuration says is known", example: repository.name,
                at: placeOfAll)
        }
        var teller = HuggingFaceTeller(readings)
        for (index, reading) in readings.enumerated() {
            if index % 256 == 0 {
                try work.check()
                work.report("noting results", 0.9 + 0.1 * Double(index) / Double(readings.count))
            }
            teller.tell(reading, to: &facts)
        }
        HubRenames.tell(to: &facts)
    }

    /// Texts without front matter are cards only where others in their folder have some.
    private static func dropTexts(_ readings: inout [ModelReading], _ repositories: [HubRepository]) {
        func folder(_ index: Int) -> String {
            (repositories[index].card ?? "").split(separator: "/").dropLast().joined(separator: "/")
        }
        let heaps = repositories.indices.filter { repositories[$0].isOfHeap }
        let folders = Set(heaps.filter { readings[$0].hasFrontMatter && readings[$0].isModel }.map(folder))
        for index in heaps where !readings[index].hasFrontMatter && !folders.contains(folder(index)) {
            readings[index].isModel = false
        }
    }

    private static func read(_ repository: HubRepository, _ place: ReadingPlace) -> ModelReading {
        var reading = ModelReading(repository.name)
        func read(_ path: String?, _ body: (inout ModelReading, Int) throws(DocumentError) -> Void) {
            guard let path else { return }
            let file = reading.addFile(FileSearch.label(path, in: place))
            do throws(DocumentError) {
                try body(&reading, file)
            } catch {
                reading.note(
                    .leftOut, "files of models that cannot be read", "\(reading.model): \(error.problem)",
                    at: .init(file: file, line: error.line))
            }
        }
        read(repository.card) { reading, file throws(DocumentError) in
            let data = try HubFile.contents(place, repository.card ?? "")
            data.withUnsafeBytes {
                ModelCard.read(
                    $0.bindMemory(to: UInt8.self), file: file, isOfHeap: repository.isOfHeap, into: &reading)
            }
        }
        read(repository.config) { reading, file throws(DocumentError) in
            if let root = try HubFile.json(place, repository.config ?? "").root {
                HubConfiguration.read(root, file: file, into: &reading)
            }
        }
        read(repository.preprocessorConfig) { reading, file throws(DocumentError) in
            if let root = try HubFile.json(place, repository.preprocessorConfig ?? "").root {
                HubConfiguration.readPreprocessor(root, file: file, into: &reading)
            }
        }
        read(repository.adapterConfig) { reading, file throws(DocumentError) in
            if let root = try HubFile.json(place, repository.adapterConfig ?? "").root {
                HubLineage.readAdapter(root, file: file, into: &reading)
            }
        }
        read(repository.mergeConfig) { reading, file throws(DocumentError) in
            if let root = try HubFile.yaml(place, repository.mergeConfig ?? "").root {
                HubLineage.readMerge(root, file: file, into: &reading)
            }
        }
        for path in repository.evaluationResults {
            read(path) { reading, file throws(DocumentError) in
                if let root = try HubFile.yaml(place, path).root {
                    EvaluationResults.read(root, file: file, into: &reading)
                }
            }
        }
        TrainedModel.read(repository, in: place, into: &reading)
        return reading
    }

    /// Reads one model a line, or a list of models.
    private static func readDump(
        _ path: String, _ place: ReadingPlace, into facts: inout Facts, work: Work
    ) throws -> [ModelReading] {
        let data: Data
        do throws(DocumentError) {
            data = try HubFile.contents(place, path, work: work)
        } catch {
            try work.check()
            let file = facts.addFile(FileSearch.label(path, in: place))
            facts.note(.leftOut, "dumps that cannot be read", example: error.problem, at: .init(file: file))
            return []
        }
        let lines = data.withUnsafeBytes { bytes in
            let text = bytes.bindMemory(to: UInt8.self)
            var scanner = LineScanner(text)
            var lines: [(bytes: Range<Int>, number: Int)] = []
            while let line = scanner.next() { if !line.bytes.isEmpty { lines.append(line) } }
            // A list of models, or one model over several lines.
            let isOne = lines.first.map { line in
                text[line.bytes].last.map { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } ?? false
                    || text[line.bytes].first == UInt8(ascii: "[")
            }
            return isOne == true ? [(bytes: 0..<text.count, number: 1)] : lines
        }
        let readings = try ReadingThreads.map(lines, stage: "reading models", work: work) { line -> [ModelReading] in
            data.withUnsafeBytes { bytes in
                let text = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[line.bytes])
                do throws(DocumentError) {
                    guard
                        let root = try JSONReader.read(
                            text, firstLine: line.number, isCancelled: work.isCancelled
                        ).root
                    else { return [] }
                    let label = FileSearch.label(path, in: place)
                    return root.itemsOrSelf.map { node in
                        if let reading = ModelInformation.read(node, path: label) { return reading }
                        var unnamed = ModelReading("")
                        unnamed.isModel = false
                        unnamed.note(
                            .leftOut, "entries of a dump that name no model",
                            at: .init(file: unnamed.addFile(label), line: node.line))
                        return unnamed
                    }
                } catch {
                    var failed = ModelReading("")
                    failed.isModel = false
                    failed.note(
                        .leftOut, "models of a dump whose line is no JSON", error.problem,
                        at: .init(file: failed.addFile(FileSearch.label(path, in: place)), line: error.line))
                    return [failed]
                }
            }
        }
        try work.check()
        return readings.flatMap { $0 }
    }
}
