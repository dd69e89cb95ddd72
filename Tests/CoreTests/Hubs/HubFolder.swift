import Foundation
import TransferGraphCore

/// A folder of files and links as a hub leaves them, gone when the test is.
final class HubFolder {
    private let directory: TemporaryDirectory
    var url: URL { directory.url }

    init(_ files: [String: String] = [:], links: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        for (path, text) in files { try write(Data(text.utf8), to: path) }
        for (path, target) in links {
            let file = url.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: target)
        }
    }

    func write(_ data: Data, to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// What a reader says of the folder, or of a part of it.
    func facts(_ reader: any ZooReader, in part: String? = nil, options: ReadingOptions = ReadingOptions()) throws
        -> Facts
    {
        try HubFacts.read(part.map { url.appendingPathComponent($0).path } ?? url.path, reader, options: options)
    }
}

/// What files say, for tests to ask.
enum HubFacts {
    static func read(_ path: String, _ reader: any ZooReader, options: ReadingOptions = ReadingOptions()) throws
        -> Facts
    {
        var facts = Facts()
        facts.beginSource(path, format: reader.format)
        guard let place = ReadingPlace(path) else { throw ZooError.nothing(reader.format, path: path) }
        try reader.read(place, options: options, into: &facts, work: .unwatched)
        return facts
    }

    static func read(shared relative: String, _ reader: any ZooReader) throws -> Facts {
        try read(SharedFiles.path("zoos/hubs/data/" + relative), reader)
    }
}

extension Facts {
    struct Row: Equatable {
        var model: String
        var dataset: String?
        var config: String?
        var split: String?
        var metric: String?
        var value: Double?
        var written: String?
        var scale: MetricScale?
        var standing: Provenance.Standing
        var file: String
        var line: Int
    }

    var rows: [Row] {
        (0..<measurements.count).map { index in
            let row = measurements[index]
            return Row(
                model: names.text(row.model) ?? "", dataset: names.text(row.dataset), config: names.text(row.config),
                split: names.text(row.split), metric: names.text(row.metric), value: row.value.isNaN ? nil : row.value,
                written: names.text(row.written), scale: row.scale,
                standing: provenances[Int(row.provenance)].standing, file: files[Int(row.file)].path,
                line: Int(row.line))
        }
    }

    /// The models that files bring up otherwise than by a result.
    var describedModels: Set<String> { Set(statements.filter { $0.kind == .model }.map { names[$0.subject] }) }

    /// What is said of a model's attribute, the first word on it first.
    func values(_ model: String, _ attribute: String) -> [Value] {
        statements.filter { names[$0.subject] == model && names.text($0.attribute) == attribute }.map(\.value)
    }

    /// The models that have an attribute.
    func models(with attribute: String) -> Set<String> {
        Set(statements.filter { names.text($0.attribute) == attribute }.map { names[$0.subject] })
    }

    /// The direction that a source says of a model's metric.
    func direction(of metric: String, model: String) -> Bool? {
        (0..<measurements.count).first {
            names.text(measurements.metrics[$0]) == metric && names[measurements.models[$0]] == model
        }.flatMap { measurements.directions[$0] }
    }

    var edges: [String: Int] {
        links.reduce(into: [:]) { $0["\($1.relation.rawValue) via \(names[$1.source])", default: 0] += 1 }
    }

    func parents(of model: String) -> [String: String] {
        links.reduce(into: [:]) { found, link in
            if names[link.child] == model { found[names[link.parent]] = link.relation.rawValue }
        }
    }

    /// How often something was noted whose words begin so.
    func count(noted reason: String) -> Int {
        leftOut.filter { $0.reason.hasPrefix(reason) }.reduce(0) { $0 + $1.count }
    }

    /// The places of what was noted, as `file line 3`.
    func places(noted reason: String) -> [String] {
        leftOut.filter { $0.reason.hasPrefix(reason) }.flatMap { $0.examples.map { text($0.place) } }
    }
}
