import ArgumentParser
import Presentation
import Support

/// `%export NAME FILE`
public struct ExportMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a variable's value to a file, in the format that its ending names.",
        discussion:
            "%export result result.csv    .csv and .json: every row and digit; .md, .txt, .html, .svg, .png, .pdf: as it is shown"
    )
    public static let places: MagicPlaces = .line
    private static let endings = ["csv", "json", "md", "txt", "html", "svg", "png", "pdf"]

    @Argument(help: ArgumentHelp("The variable.", valueName: "variable"))
    public var name: String
    @Argument(help: ArgumentHelp("The file.", valueName: "file"))
    public var file: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let variables = invocation.state.variables
        guard let value = variables[name] else {
            let near = NearestNames.nearest(to: name, in: variables.keys)
            throw UserError(
                "UnknownVariable", "There is no variable '\(name)'.",
                hint: near.isEmpty ? "%who lists them." : "Did you mean \(near.joined(separator: ", "))?")
        }
        let output = try FileOutput(file, in: invocation)
        guard let content = try value.bytes(ofFileEndingIn: LocalPath(file).ending) else {
            let known = Self.endings.filter {
                (try? value.bytes(ofFileEndingIn: $0)) != nil
            }.map { ".\($0)" }
            throw UserError(
                "UsageError", "The \(value.kind) '\(name)' cannot be written as '\(file)'.",
                hint: "End the file in \(known.joined(separator: ", ")).")
        }
        try output.write(content)
        let ending = LocalPath(file).ending
        output.tell(
            (value as? Table).flatMap { Self.part(of: $0, inFileEndingIn: ending) } ?? "the \(value.kind)", content)
        return .nothing
    }

    /// What a file holds of a table that it does not hold whole; `nil` where it does.
    private static func part(of table: Table, inFileEndingIn ending: String) -> String? {
        let held = ["csv", "json"].contains(ending) ? table.complete.rows.count : table.rows.count
        guard held < table.total else { return nil }
        return "\(held.grouped) of the table's \(table.total.grouped) rows"
    }
}
