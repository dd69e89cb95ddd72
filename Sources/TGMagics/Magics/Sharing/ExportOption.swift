import ArgumentParser
import CellLanguage
import Presentation
import Support
import TransferGraphCore

/// Where to write predictions, for the magics that make some.
public struct ExportOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write every prediction to this file, in a terminal - is standard output: method,target,model,predicted,actual.",
            valueName: "file"))
    public var export: String?

    public init() {}

    public mutating func validate() throws {
        if export?.trimmed.isEmpty == true { throw ValidationError("--export takes the name of a file.") }
    }

    /// The destination that was named, checked before the predictions are made; `nil` if none was.
    ///
    /// - Throws: `UserError` named `FileNotWritable`.
    func output(in invocation: Invocation) throws(UserError) -> FileOutput? {
        guard let export else { return nil }
        return try FileOutput(export, in: invocation)
    }

    /// What was written, with the direction of its numbers where that is not the one of the table that is shown.
    static func words(_ zoo: Zoo, _ targets: [Int]) -> String {
        let lower = targets.filter { !zoo.datasets[$0].metric.higherIsBetter }
        guard let first = lower.first else { return "the predictions" }
        let names =
            lower.count == targets.count && lower.count > 1
            ? "" : " on \(zoo.datasets[first].name)\(lower.count > 1 ? " and \((lower.count - 1).grouped) more" : "")"
        return
            "the predictions (lower is better\(names), so their sign is turned there: a place is -1 for the best, 0 for the worst)"
    }
}
