import ArgumentParser
import CellLanguage
import Foundation
import TransferGraphCore

/// `%features extract`
public struct FeaturesExtractMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Runs models over a labelled dataset in your own Python, and keeps features and labels for %score.",
        discussion: """
            %features extract --models resnet18 --models timm:vit_base_patch16_224 --data photos --out features
            %features extract --models mine=encoder.onnx --data words.npz --out features --dry-run
            %score all --from features

            A model is [NAME=][PREFIX:]MODEL, NAME being what the zoo calls it; the prefixes are onnx, timm, torchvision, hf \
            (transformers), st (sentence-transformers) and keras, and each needs its package in that Python. Data is a \
            folder with a folder of images for each class; a CSV file with the columns label and text or image; a .npz file \
            with x and y; or a dataset that Hugging Face's datasets saved. Give the samples for training, with those for \
            validation; never those for testing. A second run does only what is missing.
            """)

    @Option(
        help: ArgumentHelp(
            "A model, a .txt file of models, or a folder of .onnx files; may be given several times.",
            valueName: "models"))
    public var models: [String]
    @Option(help: ArgumentHelp("The labelled samples.", valueName: "path"))
    public var data: String
    @Option(help: ArgumentHelp("The labels of a .npy file of samples.", valueName: "file"))
    public var labels: String?
    @Option(help: ArgumentHelp("The folder to write to.", valueName: "path"))
    public var out: String
    @Option(help: "Where models run.")
    public var device: Device = .cpu
    @Option(help: ArgumentHelp("Samples at once; halved where they do not fit into memory.", valueName: "count"))
    public var batch: Int = 32
    @Option(help: ArgumentHelp("At most so many samples, each class in its share.", valueName: "count"))
    public var limit: Int?
    @Option(help: "How what lies along tokens or pixels becomes one vector; as the model does where it is not said.")
    public var pooling: Pooling?
    @OptionGroup public var threading: ThreadsOption
    @Option(
        help: ArgumentHelp(
            "The Python to run them in; by default TGKERNEL_PYTHON, or that of the active environment, or that of the one the program is installed in.",
            valueName: "path"))
    public var python: String?
    @Flag(help: "Tell what would be done, and how long it takes by the first batches; write nothing.")
    public var dryRun = false

    @OptionGroup public var parts: PartOptions

    public enum Device: String, ExpressibleByArgument, CaseIterable, Sendable { case cpu, cuda }
    public enum Pooling: String, ExpressibleByArgument, CaseIterable, Sendable { case mean, max, cls, none }

    public init() {}

    public mutating func validate() throws {
        if models.isEmpty { throw ValidationError("--models is missing: name a model.") }
        if parts.isAsked, dryRun { throw ValidationError("--dry-run writes nothing: give it without --part and --on.") }
        if batch < 1 { throw ValidationError("--batch takes a count of 1 or more.") }
        if let limit, limit < 1 { throw ValidationError("--limit takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        if parts.isAsked {
            let sweep = try sweep { try SweepZoo(invocation.state.requireZoo()) }
            return try PartRunner(sweep, parts, out: out, in: invocation).run(threads: threading.threads) {
                MagicResult($0)
            }
        }
        var words = ["--models"] + models + ["--data", LocalPath(data).text, "--out", LocalPath(out).text]
        words += ["--device", device.rawValue, "--batch", "\(batch)"]
        if let labels { words += ["--labels", LocalPath(labels).text] }
        if let limit { words += ["--limit", "\(limit)"] }
        if let pooling { words += ["--pooling", pooling.rawValue] }
        if let threads = threading.threads { words += ["--threads", "\(threads)"] }
        if dryRun { words.append("--dry-run") }
        let program = try FeatureProgram(python: python)
        let arguments = words
        let events = try invocation.withProgress("Starting Python") { work in
            try program.run(arguments, work: work)
        }
        return MagicResult(FeaturesValue(events, folder: out, isDryRun: dryRun))
    }
}
