import Foundation
import Support

/// Reads the documents of TensorFlow Hub: models, what they were trained on, and which are forms of which.
///
/// They hold no scores of their own: tables in their texts are the whole family's. Versions of a handle are one model, of
/// which the newest is told.
public struct TFHubReader: ZooReader {
    public let format = ZooFormat.tfhub

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        // Documents lie deep, `assets/docs/PUBLISHER/models/PATH`: the folder alone tells as well.
        if place.isFolder("assets/docs") { return true }
        return Self.documents(in: place, budget: 60).prefix(60).contains { path in
            TFHubDocument(HubFile.headText(place, path)) != nil
        }
    }

    private static func documents(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 16, budget: budget) { $0.hasSuffix(".md") }
    }

    private struct Document: Sendable {
        let path: String
        let outcome: Result<TFHubDocument?, DocumentError>
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.repeats = .reports
        let paths = Self.documents(in: place)
        let documents = try ReadingThreads.map(paths, stage: "reading documents", work: work) { path in
            Document(path: path, outcome: Self.read(place, path))
        }
        var newest: [String: Int] = [:]
        for (index, document) in documents.enumerated() {
            guard let found = try? document.outcome.get(), found.kind.isModel else { continue }
            if let other = newest[found.name], let known = try? documents[other].outcome.get(),
                known.version >= found.version
            {
                continue
            }
            newest[found.name] = index
        }
        guard !newest.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        for (index, document) in documents.enumerated() {
            let file = facts.addFile(FileSearch.label(document.path, in: place))
            switch document.outcome {
            case .failure(let error):
                facts.note(
                    .leftOut, "documents that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            case .success(nil):
                // Cards and pages of other hubs have their own readers.
                if HubFile.head(place, document.path, 3).elementsEqual("---".utf8) { continue }
                facts.note(
                    .leftOut, "texts that are no document of TensorFlow Hub", at: .init(file: file, line: 1))
            case .success(let found?):
                guard found.kind.isModel else {
                    facts.note(
                        .noted, "collections and publishers, which are no models", example: found.handle,
                        at: .init(file: file))
                    continue
                }
                if newest[found.name] == index {
                    Self.tell(found, file: file, to: &facts)
                } else {
                    facts.note(
                        .merged, "older versions of a model: the newest is told", example: found.handle,
                        at: .init(file: file, line: 1))
                }
                Self.tellParents(found, file: file, to: &facts)
                if found.handle != found.name { facts.alias(.model, found.handle, of: found.name) }
            }
        }
        // One in seven documents calls it so.
        facts.alias(.dataset, "imagenet", of: "imagenet-ilsvrc-2012-cls")
    }

    private static func read(_ place: ReadingPlace, _ path: String) -> Result<TFHubDocument?, DocumentError> {
        do throws(DocumentError) {
            return .success(TFHubDocument(try HubFile.text(place, path)))
        } catch {
            return .failure(error)
        }
    }

    private static func tell(_ document: TFHubDocument, file: Int32, to facts: inout Facts) {
        let model = document.name
        let top = Facts.Place(file: file, line: 1)
        func place(_ entry: TFHubDocument.Entry) -> Facts.Place { Facts.Place(file: file, line: entry.line) }
        facts.mention(model: model, at: top)
        facts.describe(model: model, "kind", .category(document.kind.rawValue), at: top)
        facts.describe(model: model, "handle", .text(document.handle), at: top)
        facts.describe(model: model, "version", .number(document.version), at: top)
        if let publisher = document.handle.split(separator: "/").first {
            facts.describe(model: model, "publisher", .category(String(publisher)), at: top)
        }
        for (key, attribute) in [
            ("network-architecture", "architecture"), ("format", "format"), ("license", "license"),
        ] {
            if let entry = document.values(key).first, !vague.contains(entry.value) {
                facts.describe(model: model, attribute, .category(entry.value), at: place(entry))
            }
        }
        for (key, attribute) in [("dataset", "pretraining_dataset"), ("language", "language"), ("task", "task")] {
            let entries = document.values(key).filter { !vague.contains($0.value) }
            if let first = entries.first {
                facts.describe(model: model, attribute, .set(entries.map(\.value)), at: place(first))
            }
        }
        if let entry = document.values("fine-tunable").first, ["true", "false"].contains(entry.value) {
            facts.describe(model: model, "fine_tunable", .truth(entry.value == "true"), at: place(entry))
        }
        if let size = document.inputSize { facts.describe(model: model, "input_size", .number(size), at: top) }
    }

    /// A form of a model, or a model made from another: said by each version.
    private static func tellParents(_ document: TFHubDocument, file: Int32, to facts: inout Facts) {
        for entry in document.values("parent-model") {
            facts.link(
                document.name, to: TFHubDocument.versionless(entry.value),
                relation: document.kind.isDeployment ? .converted : .finetune, source: "parent-model",
                at: .init(file: file, line: entry.line))
        }
    }

    /// Values that name nothing.
    private static let vague: Set<String> = ["other", "multiple", "none", "unknown", "n/a"]
}
