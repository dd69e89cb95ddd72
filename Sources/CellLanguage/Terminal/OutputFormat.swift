import ArgumentParser
import JupyterKernel
import Presentation
import Support

/// How a command in a terminal writes its value.
public enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// As a notebook's console shows it.
    case table
    /// Comma-separated values, complete and at full precision.
    case csv
    /// The value for programs, complete and at full precision.
    case json
    /// As a Markdown file of the value: a table, or several.
    case markdown

    /// `value` in this format, followed by a line end.
    ///
    /// - Throws: `UserError` named `NoSuchFormat` if the value has no such form.
    package func text(of value: any SessionValue) throws(UserError) -> String {
        let text: String? =
            switch self {
            case .table: value.display.data["text/plain"]?.string.map { $0 + "\n" }
            case .csv: value.tabular?.csv
            case .json: value.display.data[DisplayData.transferGraphJSON].map { $0.text + "\n" }
            case .markdown: value.content(ofFileEndingIn: "md")
            }
        if let text { return text }
        throw UserError(
            "NoSuchFormat", "A value of the kind \(value.kind) cannot be written as \(rawValue).",
            hint: "--output-format json can write it.")
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
