import ArgumentParser
import CellLanguage
import TransferGraphCore

/// Options that describe the files of a zoo.
public struct LoadingOptions: ParsableArguments {
    @Option(help: "How its files are laid out.")
    public var format: ZooFormat = .auto
    @Option(
        help: ArgumentHelp(
            "Which column is what, as model=Name,dataset=Task,score=Top1; also metric, split, config, higher_is_better, scale, runs. A column without a name has its number.",
            valueName: "role=column"))
    public var columns: String?
    @Option(help: ArgumentHelp("The metric that counts where a dataset has several.", valueName: "name"))
    public var metric: String?
    @Flag(help: "The smaller result is the better one, on every dataset.")
    public var lowerIsBetter = false
    @Flag(help: "The larger result is the better one, on every dataset.")
    public var higherIsBetter = false
    @Option(help: "The scale of all results; those on the other one are brought to it.")
    public var scale: MetricScale?
    @Option(help: "What a comma in a number means, where a column does not tell.")
    public var comma: ReadingOptions.Comma?
    @Option(
        help:
            "What is chosen among: fine-tuned checkpoints, or the models they were tuned from. Default: the parent on hubs."
    )
    public var by: ReadingOptions.Row?
    @Option(help: "What several runs come to. Default: the mean in tables, the median by parent.")
    public var runs: ReadingOptions.Runs?
    @Option(
        defaultAsFlag: "",
        help: ArgumentHelp(
            "Join the names that are reported as nearly equal, or with A=B,… only these: A becomes B.", valueName: "a=b"
        ))
    public var mergeNames: String?
    @Option(help: "Which runs count, where the records tell them apart.")
    public var fineTuning: FineTuning = .full

    public init() {}

    public mutating func validate() throws {
        if lowerIsBetter, higherIsBetter {
            throw ValidationError("--lower-is-better and --higher-is-better exclude each other.")
        }
        _ = try reading()
    }

    /// The options in the core's own form.
    func reading() throws(ValidationError) -> ReadingOptions {
        var options = ReadingOptions()
        options.format = format
        options.columns = try Self.pairs(columns ?? "", option: "--columns", form: "model=Name,dataset=Task,score=Top1")
        options.metric = metric
        options.higherIsBetter = lowerIsBetter ? false : higherIsBetter ? true : nil
        options.scale = scale
        options.comma = comma
        options.by = by
        options.runs = runs
        if let mergeNames {
            let pairs = try Self.pairs(mergeNames, option: "--merge-names", form: "A=B,C=D")
            options.mergeNames = pairs.isEmpty ? .reported : .these(pairs)
        }
        options.fineTuning = fineTuning
        return options
    }

    /// `a=b,c="d, e"` as pairs.
    private static func pairs(
        _ text: String, option: String, form: String
    ) throws(ValidationError) -> [String: String] {
        var pairs: [String: String] = [:]
        var parts: [String] = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        for part in parts where !part.trimmed.isEmpty {
            guard let equals = part.firstIndex(of: "="), equals > part.startIndex else {
                throw ValidationError("\(option) takes pairs such as \(form); '\(part)' is not one.")
            }
            let name = String(part[..<equals]).trimmed
            let value = String(part[part.index(after: equals)...]).trimmed
            guard !name.isEmpty, !value.isEmpty else {
                throw ValidationError("\(option) takes pairs such as \(form); '\(part)' lacks a side.")
            }
            if pairs.updateValue(value, forKey: name) != nil {
                throw ValidationError("\(option) says '\(name)' twice.")
            }
        }
        return pairs
    }
}

extension ZooFormat: ExpressibleByArgument {}
extension FineTuning: ExpressibleByArgument {}
extension MetricScale: ExpressibleByArgument {}
extension ReadingOptions.Comma: ExpressibleByArgument {}
extension ReadingOptions.Row: ExpressibleByArgument {}
extension ReadingOptions.Runs: ExpressibleByArgument {}
