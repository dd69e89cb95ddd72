import CellLanguage
import Foundation
import Sweeps
import TransferGraphCore

/// Transferability scores in parts: a task is a model.
struct ScoreSweep: Sweep {
    let description: SweepDescription
    private let inputs: [ModelScores.Input]
    private let labelsFile: String
    private let scores: [TransferabilityScore]
    private let notes: [String]
    private let threads: Int

    init(
        _ inputs: [ModelScores.Input], labelsFile: String, scores: [TransferabilityScore], notes: [String],
        threads: Int,
        command: [String], reading others: [SweepDescription.Input]
    ) throws {
        self.inputs = inputs
        self.labelsFile = labelsFile
        self.scores = scores
        self.notes = notes
        self.threads = threads
        description = SweepDescription(command, on: nil, others: others, tasks: inputs.count)
    }

    var zoo: SweepZoo? { nil }
    var seconds: Double? { nil }

    /// A score reads all features, whatever else it does.
    var weights: [Double] { inputs.map { Double(max(FileMark(LocalPath($0.features).text)?.size ?? 0, 1 << 16)) } }

    func compute(_ chosen: [Int], in place: PartPlace, work: Work) throws -> [[UInt8]] {
        try ModelScores.compute(
            chosen.map { inputs[$0] }, labelsFile: labelsFile, scores: scores, threads: threads, work: work
        ).map { model in
            var writer = ByteWriter()
            writer.put(model.name)
            for result in model.results {
                writer.put(result.score.rawValue)
                writer.put(result.seconds)
                writer.put(result.value) { $0.put($1) }
                writer.put(try result.failure.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }) {
                    $0.put($1)
                }
                writer.put(result.sample) { writer, sample in
                    writer.put(Int64(sample.rows))
                    writer.put(Int64(sample.all))
                }
            }
            return writer.bytes
        }
    }

    private func model(_ bytes: [UInt8], task: Int) throws -> ModelScores {
        typealias Failure = ByteReader.Failure
        var reader = ByteReader(bytes)
        let name = try reader.text()
        let results = try scores.map { score in
            guard try reader.text() == score.rawValue else { throw Failure() }
            let seconds = try reader.number()
            let value = try reader.optional { reader throws(Failure) -> Double in try reader.number() }
            let failure = try reader.optional { reader throws(Failure) -> String in try reader.text() }
            let sample = try reader.optional { reader throws(Failure) -> [Int] in
                [Int(try reader.integer(Int64.self)), Int(try reader.integer(Int64.self))]
            }
            return ScoreResult(
                score: score, value: value,
                failure: try failure.map { try JSONDecoder().decode(ScoreError.self, from: Data($0.utf8)) },
                sample: sample.map { ($0[0], $0[1]) }, seconds: seconds)
        }
        guard reader.isAtEnd, name == inputs[task].name else { throw Failure() }
        return ModelScores(name: name, results: results)
    }

    func value(of records: [Int: [UInt8]], in place: MergePlace, work: Work) throws -> any SessionValue {
        let models = try records.keys.sorted().map { try model(records[$0] ?? [], task: $0) }
        return ScoreTableValue(models, notes: notes, into: nil, dataset: nil)
    }
}

/// What distinguishes a file from another without reading it.
struct FileMark {
    let size: Int
    /// In nanoseconds since 1970.
    let time: Int

    /// `nil` if there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        time = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    }
}

extension ScoreMagic: SweepMagic {
    func sweep(on zoo: () throws -> SweepZoo) throws -> any Sweep {
        let chosen = try chosenScores()
        let (inputs, labelsFile, notes) = try inputs()
        var words = ["score"] + scores.map(\.name)
        var reading: [SweepDescription.Input] = []
        func mark(_ name: String, _ file: String) {
            // A file within an archive: `a.npz:x`.
            let mark = FileMark(file) ?? file.lastIndex(of: ":").flatMap { FileMark(String(file[..<$0])) }
            reading.append(.init(name, hash: mark.map { "\($0.size)-\($0.time)" } ?? "missing"))
        }
        if let from {
            let folder = SweepFolder(from).path
            words.append("--from=\(folder)")
            reading.append(
                .init(
                    "the folder's manifest.json",
                    hash: SHA256.hexadecimal(
                        of: FileManager.default.contents(atPath: folder + "/manifest.json") ?? Data())))
            reading.append(
                .init(
                    "the folder's labels",
                    hash: SHA256.hexadecimal(of: FileManager.default.contents(atPath: labelsFile) ?? Data())))
        } else {
            for file in features {
                words.append("--features=\(SweepFolder(file).path)")
                mark("the file '\(file)'", LocalPath(file).text)
            }
            words.append("--labels=\(SweepFolder(labels ?? "").path)")
            mark("the file '\(labels ?? "")'", labelsFile)
            for file in sourceProbabilities {
                words.append("--source-probabilities=\(SweepFolder(file).path)")
                mark("the file '\(file)'", LocalPath(file).text)
            }
        }
        words += model.map { "--model=\($0)" }
        return try ScoreSweep(
            inputs, labelsFile: labelsFile, scores: chosen, notes: notes, threads: usedThreads, command: words,
            reading: reading)
    }
}
