import ArgumentParser
import CellLanguage
import Foundation
import TransferGraphCore

/// `%zoo describe`
public struct ZooDescribeMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract:
            "Lets a sentence encoder in your own Python read what models and datasets are called, for auto to go by.",
        discussion: """
            %zoo describe
            %zoo describe --encoder model2vec:minishlab/potion-base-8M
            %zoo describe --encoder my_module:encode --python ~/venv/bin/python

            An encoder is st (sentence-transformers), model2vec or wordllama, with :MODEL where it is not the usual one, or \
            MODULE:FUNCTION, a function of your own from a list of texts to a matrix with a row for each. Where none is named \
            it is the first that is installed. It runs outside the kernel, and reads names and columns of text. The vectors \
            belong to the current zoo; %zoo save keeps them, as text.npy and text.txt.
            """)

    @Option(help: ArgumentHelp("The encoder; the first that is installed where none is named.", valueName: "encoder"))
    public var encoder: String?
    @Option(
        help: ArgumentHelp(
            "The Python it is in; by default TGKERNEL_PYTHON, or that of the active environment, or that of the one the program is installed in.",
            valueName: "path"))
    public var python: String?

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let program = try FeatureProgram(python: python, module: "transfergraph_features.describe")
        let folder = NSTemporaryDirectory() + "tgkernel-texts-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let texts = zoo.describedTexts
        try JSONEncoder().encode(texts).write(to: URL(fileURLWithPath: folder + "/texts.json"))
        var words = ["--texts", folder + "/texts.json", "--out", folder + "/text.npy"]
        if let encoder { words += ["--encoder", encoder] }
        let arguments = words
        let events = try invocation.withProgress("Starting Python") { work in try program.run(arguments, work: work) }
        let vectors = try FeatureMatrix(npy: folder + "/text.npy")
        guard vectors.rows == texts.count, let name = events.last(where: { $0.event == "done" })?.model else {
            throw UserError("FeaturesError", "The encoder gave \(vectors.rows) vectors for \(texts.count) texts.")
        }
        let matrix = vectors.matrix()
        let described = zoo.describing(by: (0..<matrix.rows).map { row in matrix.row(row).map { Float($0) } })
        invocation.context.write("\(name) described \(texts.count) models and datasets.\n", to: .stdout)
        return MagicResult(ZooValue(described)) { $0.use(described) }
    }
}
