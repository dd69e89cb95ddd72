import ArgumentParser
import JupyterKernel
import Presentation
import Support

/// How a command in a terminal writes its value.
public enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// As a notebook's console shows it.
    case table
    /// Comma-separated values, whole and with every digit.
    case csv
    /// The value for programs, whole and with every digit.
    case json
    /// A table for a text.
    case markdown

    /// `value` in this format, a line end behind it.
    ///
    /// - Throws: `UserError` named `NoSuchFormat` where the value has no such form.
    package func text(of value: any SessionValue) throws(UserError) -> String {
        let text: String? =
            switch self {
            case .table: value.display.data["text/plain"]?.string.map { $0 + "\n" }
            case .csv: value.tabular?.csv
            case .json: value.display.data[DisplayData.transferGraphJSON].map { $0.text + "\n" }
            case .markdown: value.tabular?.markdown
            }
        if let text { return text }
        throw UserError(
            "NoSuchFormat", "A value of the kind \(value.kind) has no form in \(rawValue).",
            hint: "It has one with --output-format json.")
    }
}

/// Whether and how a command in a terminal writes a value.
public protocol TerminalOutput: ParsableArguments {
    var format: OutputFormat { get }
}

/// The option `--output-format`.
public struct FormatOption: TerminalOutput {
    @Option(
        name: .customLong("output-format"),
        help: "How the value is written: csv and json hold every row that was asked for, with every digit.")
    public var format: OutputFormat = .table

    public init() {}
}

/// No option: the command gives no value.
public struct NoFormat: TerminalOutput {
    public var format: OutputFormat { .table }
    public init() {}
}
