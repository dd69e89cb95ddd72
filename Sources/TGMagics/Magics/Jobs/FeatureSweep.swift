import CellLanguage
import Foundation
import JupyterKernel
import Sweeps
import TransferGraphCore

/// Features in parts: a task is a model, run by the Python package in the part's own folder. Merging leaves in the
/// sweep's folder what one run would have written.
struct FeatureSweep: Sweep {
    let description: SweepDescription
    private let models: [String]
    private let python: String?
    /// Its words, without the models and the folder.
    private let words: [String]

    init(models: [String], python: String?, words: [String], command: [String]) throws {
        self.models = models
        self.python = python
        self.words = words
        description = SweepDescription(
            command, on: nil,
            others: [.init("the list of models", hash: SHA256.hexadecimal(of: models.joined(separator: "\n").utf8))],
            tasks: models.count)
    }

    var zoo: SweepZoo? { nil }
    var seconds: Double? { nil }

    /// A model's time is roughly proportional to its size, if its file tells that.
    var weights: [Double] {
        let sizes = models.map { model -> Double? in
            guard let path = model.split(separator: ":").last.map(String.init) else { return nil }
            return FileMark(LocalPath(path.split(separator: "=").last.map(String.init) ?? path).text).map {
                Double(max($0.size, 1 << 20))
            }
        }
        let known = sizes.compactMap(\.self)
        let mean = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
        return sizes.map { $0 ?? mean }
    }

    /// Estimated from the model's first batches, with `--dry-run`; nothing is written.
    func trial(of task: Int, in place: PartPlace, work: Work) throws -> Double {
        let events = try FeatureProgram(python: python).run(
            ["--models", models[task]] + words + ["--out", place.folder.file("trial"), "--dry-run"], work: work.quiet)
        if let seconds = events.last(where: { $0.event == "estimate" })?.seconds { return seconds }
        throw UserError(
            "FeaturesError",
            "'\(models[task])' cannot be run here: \(events.last { $0.event == "failed" }?.error ?? "Python says nothing")."
        )
    }

    private static func folderName(_ part: PartNumber) -> String { "features-\(part.number)-of-\(part.count)" }

    func compute(_ chosen: [Int], in place: PartPlace, work: Work) throws -> [[UInt8]] {
        let name = Self.folderName(place.part)
        let folder = place.folder.file(name)
        _ = try FeatureProgram(python: python).run(
            ["--models"] + chosen.map { models[$0] } + words + ["--out", folder], work: work)
        let manifest = try Self.manifest(in: folder)
        return try chosen.map { task in
            let model = Self.name(of: models[task])
            guard let entry = manifest.entries[model] else {
                throw UserError(
                    "FeaturesError", "The manifest in '\(folder)' does not mention '\(model)'.",
                    place: .init(file: folder + "/manifest.json"))
            }
            // A task's result: the model's entry, the manifest's description of the samples, and where the files are.
            let record: JSON = ["entry": entry, "data": manifest.data, "folder": .string(name)]
            return Array(record.text.utf8)
        }
    }

    /// The manifest's name for `[NAME=][PREFIX:]MODEL`, by the rules of the Python package.
    private static func name(of model: String) -> String {
        let fields = model.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if fields.count > 1, !fields[0].isEmpty { return fields[0] }
        let spec = fields[fields.count - 1]
        guard let colon = spec.firstIndex(of: ":"), prefixes.contains(String(spec[..<colon])) else { return spec }
        return String(spec[spec.index(after: colon)...])
    }

    private static let prefixes: Set<String> = ["onnx", "timm", "torchvision", "hf", "st", "keras"]

    private static func manifest(in folder: String) throws -> (entries: [String: JSON], data: JSON) {
        let path = folder + "/manifest.json"
        guard let bytes = FileManager.default.contents(atPath: path), let manifest = json(Array(bytes)),
            let models = manifest["models"]?.array, let data = manifest["data"]
        else { throw UserError("ManifestError", "'\(path)' cannot be read.", place: .init(file: path)) }
        var entries: [String: JSON] = [:]
        for entry in models { if let name = entry["model"]?.string { entries[name] = entry } }
        return (entries, data)
    }

    private static func json(_ bytes: [UInt8]) -> JSON? { try? JSON(parsing: bytes) }

    func wantsAgain(_ records: [[UInt8]]) -> Bool {
        records.contains { Self.json($0)?["entry"]?["status"]?.string != "done" }
    }

    func value(of records: [Int: [UInt8]], in place: MergePlace, work: Work) throws -> any SessionValue {
        let folder = place.folder
        var entries: [JSON] = []
        var samples: (data: JSON, folder: String)?
        var versions: [String: (version: String, model: String)] = [:]
        for task in records.keys.sorted() {
            guard let record = Self.json(records[task] ?? []), let entry = record["entry"], let data = record["data"],
                let own = record["folder"]?.string, let model = entry["model"]?.string
            else { throw ByteReader.Failure() }
            // Samples read by the parts at different times may differ, and so may the packages.
            if let known = samples, known.data["hash"] != data["hash"] {
                throw Self.difference("The samples of '\(own)' are not those of '\(known.folder)'.", folder)
            }
            samples = samples ?? (data, own)
            if case .object(let members)? = entry["versions"] {
                for (package, version) in members {
                    let version = version.string ?? ""
                    if let known = versions[package], known.version != version {
                        throw Self.difference(
                            "'\(model)' was run with \(package) \(version), '\(known.model)' with \(known.version).",
                            folder)
                    }
                    versions[package] = (version, model)
                }
            }
            for key in ["features", "probabilities"] {
                guard let name = entry[key]?.string else { continue }
                try Self.bring(
                    try FeatureManifest.file(name, in: folder.file(own)),
                    to: try FeatureManifest.file(name, in: folder.path))
            }
            entries.append(entry)
        }
        guard let samples, let labels = samples.data["labels"]?.string else { throw ByteReader.Failure() }
        try Self.bring(
            try FeatureManifest.file(labels, in: folder.file(samples.folder)),
            to: try FeatureManifest.file(labels, in: folder.path))
        entries.sort { a, b in
            (a["model"]?.string ?? "").unicodeScalars.lexicographicallyPrecedes(
                (b["model"]?.string ?? "").unicodeScalars)
        }
        let manifest: JSON = [
            "data": samples.data, "format": "transfergraph-features", "models": .array(entries), "version": 1,
        ]
        try SweepFile.write((manifest.text + "\n").utf8, to: folder.file("manifest.json"))
        return FeaturesValue(entries.map(Self.event), folder: folder.path, isDryRun: false)
    }

    private static func difference(_ sentence: String, _ folder: SweepFolder) -> UserError {
        UserError(
            "PartError", sentence, place: .init(file: folder.path),
            hint: "Remove the part's folder and its file of whichever is wrong, and run its part again.")
    }

    /// A model's entry as the event that the program would have sent.
    private static func event(_ entry: JSON) -> FeatureProgram.Event {
        FeatureProgram.Event(
            event: entry["status"]?.string ?? "failed", model: entry["model"]?.string, error: entry["error"]?.string,
            note: entry["note"]?.string, seconds: entry["seconds"]?.double, dimension: entry["dimension"]?.integer)
    }

    /// Puts a file into another folder, without a second copy if the file system allows.
    private static func bring(_ file: String, to place: String) throws {
        guard let mark = FileMark(file) else {
            throw UserError("PartError", "'\(file)' is missing.", place: .init(file: file), hint: "Run its part again.")
        }
        var (a, b) = (stat(), stat())
        if stat(file, &a) == 0, stat(place, &b) == 0, a.st_ino == b.st_ino, a.st_dev == b.st_dev { return }
        unlink(place)
        if link(file, place) == 0 { return }
        guard let bytes = FileManager.default.contents(atPath: file), bytes.count == mark.size else {
            throw UserError("PartError", "'\(file)' cannot be read.", place: .init(file: file))
        }
        try SweepFile.write(bytes, to: place)
    }
}

extension FeaturesExtractMagic: SweepMagic {
    func sweep(on zoo: () throws -> SweepZoo) throws -> any Sweep {
        func absolute(_ path: String) -> String { SweepFolder(path).path }
        var own = ["--data", absolute(data), "--device", device.rawValue, "--batch", "\(batch)"]
        if let labels { own += ["--labels", absolute(labels)] }
        if let limit { own += ["--limit", "\(limit)"] }
        if let pooling { own += ["--pooling", pooling.rawValue] }
        let names = models.map { FileManager.default.fileExists(atPath: LocalPath($0).text) ? absolute($0) : $0 }
        var command = ["features", "extract"] + names.map { "--models=\($0)" }
        command += stride(from: 0, to: own.count, by: 2).map { "\(own[$0])=\(own[$0 + 1])" }
        // Its location does not identify the sweep; but a later session has to find it.
        if let python { command.append("--python=\(absolute(python))") }
        if let threads = threading.threads { own += ["--threads", "\(threads)"] }
        return try FeatureSweep(
            models: try Self.list(models), python: python, words: own, command: command)
    }

    /// The models as named: by words, by a file (one per line), or by a folder of .onnx files; by the rules of the
    /// Python package.
    ///
    /// - Throws: `UserError` named `FeaturesError`, or as `TextFile` does for a list that cannot be read.
    package static func list(_ words: [String]) throws(UserError) -> [String] {
        var found: [String] = []
        for word in words {
            let path = LocalPath(word).text
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if isThere, isFolder.boolValue {
                let folder = SweepFolder(word).path
                let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
                    .filter { $0.hasSuffix(".onnx") }.sorted()
                if names.isEmpty {
                    throw UserError(
                        "FeaturesError", "The folder '\(word)' holds no .onnx file.", place: .init(file: word))
                }
                found += names.map { "\($0.dropLast(5))=onnx:\(folder)/\($0)" }
            } else if isThere, path.hasSuffix(".txt") {
                found += try TextFile.read(word).lines.map { String($0.prefix { $0 != "#" }).trimmed }.filter {
                    !$0.isEmpty
                }
            } else {
                found.append(word)
            }
        }
        if let twice = Dictionary(grouping: found, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
            throw UserError("FeaturesError", "'\(twice)' is named twice.")
        }
        return found
    }
}

extension JSON {
    /// The number, integer or not.
    fileprivate var double: Double? {
        if case .number(let value) = self { return value }
        return integer.map(Double.init)
    }
}
