import ArgumentParser
import CellLanguage
import Sweeps
import TransferGraphCore

/// `%merge`
public struct MergeMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Joins the parts that --part wrote into one value: the same as one run gives, digit by digit.",
        discussion: """
            %merge sweep-folder

            In a terminal: tgkernel evaluate --zoo Z --method auto --part 1/3 --out DIR, the same with 2/3 and 3/3 on any \
            machine, then tgkernel merge DIR. Parts of other inputs, of other versions and from unlike processors are refused, \
            and missing ones are named.
            """)

    @Argument(help: ArgumentHelp("The directory that --out named.", valueName: "path"))
    public var folder: String
    @Flag(help: "Merge parts from unlike kinds of processors too: their last digits may differ from those of one run.")
    public var mixedProcessors = false
    @OptionGroup public var file: ExportOption

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let output = try file.output(in: invocation)
        let merging = try Merging(folder, state: invocation.state)
        let value = try invocation.withProgress("Merging") { work in
            try merging.value(mixingProcessors: mixedProcessors, work: work)
        }
        return try MagicResult.exporting(value, to: output)
    }
}

extension MagicResult {
    /// A merged value, with its predictions exported if asked for.
    ///
    /// - Throws: `UserError` named `UsageError` if it has none.
    static func exporting(_ value: any SessionValue, to output: FileOutput?) throws -> MagicResult {
        guard let output else { return MagicResult(value) }
        guard let evaluation = value as? EvaluationValue else {
            throw UserError(
                "UsageError", "A value of the kind \(value.kind) has no predictions to export.",
                hint: "--output-format csv or %export writes what it has.")
        }
        return try MagicResult(
            value, writing: evaluation.evaluation.csv(),
            as: ExportOption.words(evaluation.evaluation.zoo, evaluation.evaluation.targets), to: output)
    }
}
