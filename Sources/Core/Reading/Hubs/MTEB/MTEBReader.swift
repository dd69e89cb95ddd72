import Foundation
import Support

/// Reads a results folder of the Massive Text Embedding Benchmark.
///
/// A file's main scores are told for each split and subset; secondary metrics, a hundred for each of them, only where one
/// is asked for by name.
public struct MTEBReader: ZooReader {
    public let format = ZooFormat.mteb

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        guard let folders = try? MTEBFolders(in: place, modelLimit: 3, work: .unwatched) else { return false }
        if folders.descriptions.isEmpty, folders.files.isEmpty { return false }
        return folders.files.prefix(5).contains { MTEBResult.isResult(HubFile.headText(place, $0.path, 1 << 14)) }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.repeats = .reports
        let folders = try MTEBFolders(in: place, work: work)
        guard !folders.files.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        let tasks = MTEBTasks(place, folders.taskTable, into: &facts)
        let wanted = options.metric
        let mainScores = tasks.mainScores
        let results = try ReadingThreads.map(folders.files, stage: "reading results", work: work.part(0...0.8)) {
            file in
            Self.read(file, place, mainScores, wanted)
        }
        try tell(results, of: folders, tasks, to: &facts, work: work.part(0.8...0.95))
        let descriptions = try ReadingThreads.map(
            folders.descriptions, stage: "reading models", work: work.part(0.95...1)
        ) { description -> Result<DataTree, DocumentError> in
            do throws(DocumentError) {
                return .success(try HubFile.json(place, description.path))
            } catch {
                return .failure(error)
            }
        }
        for (description, result) in zip(folders.descriptions, descriptions) {
            let file = facts.addFile(description.path)
            switch result {
            case .success(let tree):
                if let root = tree.root { MTEBModel.tell(root, of: description.model, file: file, to: &facts) }
            case .failure(let error):
                facts.note(
                    .leftOut, "descriptions of models that cannot be read",
                    example: "\(description.model): \(error.problem)", at: .init(file: file, line: error.line))
            }
        }
    }

    private static func read(
        _ file: MTEBFolders.ResultFile, _ place: ReadingPlace, _ mainScores: [String: String], _ wanted: String?
    ) -> Result<MTEBResult, DocumentError> {
        do throws(DocumentError) {
            let tree = try HubFile.json(place, file.path)
            let name = HubFile.plainName(String(file.path.split(separator: "/").last ?? "")).dropLast(".json".count)
            guard let root = tree.root,
                let result = MTEBResult(root, name: String(name), mainScore: { mainScores[$0] }, wanted: wanted)
            else { throw DocumentError(line: 1, problem: "it holds no scores") }
            guard !result.scores.isEmpty else {
                throw DocumentError(line: root.line, problem: "its list of scores is empty")
            }
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    private func tell(
        _ results: [Result<MTEBResult, DocumentError>], of folders: MTEBFolders, _ tasks: MTEBTasks,
        to facts: inout Facts,
        work: Work
    ) throws {
        for folder in folders.experiments {
            facts.note(
                .leftOut, "folders below a revision: runs with settings of their own", example: folder,
                at: .init(file: facts.addFile(folder)))
        }
        var teller = MTEBTeller(tasks, folders.files, results)
        for (index, (file, result)) in zip(folders.files, results).enumerated() {
            if index % 1024 == 0 {
                try work.check()
                work.report("noting results", Double(index) / Double(results.count))
            }
            let fileIndex = facts.addFile(file.path)
            switch result {
            case .failure(let error):
                facts.note(
                    .leftOut, "result files that cannot be read", example: error.problem,
                    at: .init(file: fileIndex, line: error.line))
            case .success(let result): teller.tell(result, file, fileIndex, to: &facts)
            }
        }
        tasks.tell(to: &facts)
    }
}
