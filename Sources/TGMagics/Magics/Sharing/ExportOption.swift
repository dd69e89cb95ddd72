import ArgumentParser
import CellLanguage
import Presentation
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
}
