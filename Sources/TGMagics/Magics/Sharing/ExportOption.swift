import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// Where predictions are written, for the magics that make some.
public struct ExportOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write every prediction to this file: method,target,model,predicted,actual.", valueName: "file"))
    public var export: String?

    public init() {}

    public mutating func validate() throws {
        if export?.trimmed.isEmpty == true { throw ValidationError("--export takes the name of a file.") }
    }

    /// Writes the text, if a file was named, and says so.
    func write(_ text: @autoclosure () -> String, in invocation: Invocation) throws {
        guard let export else { return }
        try FileOutput.write(text(), to: export)
        invocation.context.write("Wrote the predictions to \(export.singleLine()).\n", to: .stdout)
    }
}
