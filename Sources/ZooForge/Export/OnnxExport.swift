import Foundation
import TransferGraphCore

/// Models of the zoo `words` as ONNX files, with a target's words in numbers, so that any program can make the features
/// that the zoo's scores were computed from.
public struct OnnxExport: Sendable {
    /// A file that was written, and what it holds.
    public struct File: Sendable {
        public let name: String
        public let what: String
    }

    private let workshop: Workshop

    public init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    /// Writes `letters.npy` and `labels.npy` (the words of a target that the zoo's scores look at), `models.txt` (a line a
    /// model as `%features extract` reads them), and for each model `NAME.onnx` with `/` in its name as `--`, and with `features` what the network itself makes of the words:
    /// `NAME.features.npy`.
    ///
    /// - Throws: ``ForgeError``; ``Cancelled``; what training the models throws.
    public func write(
        models names: [String], target: String, withFeatures: Bool, to directory: URL, _ work: Work
    ) throws -> [File] {
        try ForgeFolder.look(at: directory, for: .model)
        let task = try workshop.task(named: target)
        let count = min(FeatureScores.words, task.training.count)
        let words = EncodedWords(Array(task.training.words.prefix(count)))
        let positions = Alphabet.positions
        var letters: [Int64] = []
        for row in 0..<count {
            for codes in [words.left, words.right] {
                letters += codes[row * positions..<(row + 1) * positions].map(Int64.init)
            }
        }
        var files: [(File, Data)] = [
            (
                File(name: "letters.npy", what: "\(count) words of \(target), in numbers"),
                Self.npy("<i8", [count, 2 * positions], letters.map { UInt64(bitPattern: $0) }, bytes: 8)
            ),
            (
                File(name: "labels.npy", what: "the class of each"),
                Self.npy(
                    "<i8", [count], task.training.labels.prefix(count).map { UInt64(bitPattern: Int64($0)) }, bytes: 8)
            ),
        ]
        for (index, name) in names.enumerated() {
            let part = work.part(Double(index) / Double(names.count)...Double(index + 1) / Double(names.count))
            let model = try workshop.model(named: name, like: Architecture.known[0], part)
            let base = name.replacing("/", with: "--")
            files.append((File(name: "\(base).onnx", what: name), OnnxNetwork.file(of: model)))
            guard withFeatures else { continue }
            let features = try Trainer.outlook(model, on: words, work).features
            files.append(
                (
                    File(name: "\(base).features.npy", what: "what \(name) makes of the words"),
                    Self.npy(
                        "<f4", [count, model.architecture.width], features.map { UInt64($0.bitPattern) }, bytes: 4)
                ))
        }
        let folder = directory.standardizedFileURL.path
        let lines = names.map { "\($0)=onnx:\(folder)/\($0.replacing("/", with: "--")).onnx\n" }
        files.append((File(name: "models.txt", what: "their names and files"), Data(lines.joined().utf8)))
        try ForgeFolder.write(files.map { ($0.0.name, $0.1) }, .model, to: directory)
        return files.map(\.0)
    }

    /// An array as `numpy.save` writes it.
    private static func npy(_ type: String, _ shape: [Int], _ words: [UInt64], bytes: Int) -> Data {
        var data = NumPyWriter.head(type, shape)
        for word in words { withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0.prefix(bytes)) } }
        return data
    }
}
