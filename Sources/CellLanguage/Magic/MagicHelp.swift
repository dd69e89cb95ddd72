import JupyterKernel
import Presentation
import Support

/// The help of a magic, generated from its declaration.
package struct MagicHelp {
    package let declaration: MagicDeclaration
    /// Where it may stand.
    package let places: MagicPlaces
    package let sign: String
    /// The names that lead to it, separated by spaces.
    package let path: String

    /// - Parameter path: the names that lead to a subcommand, the magic's first; `nil` for the magic itself.
    package init(_ declaration: MagicDeclaration, places: MagicPlaces, path: [String]? = nil) {
        self.init(
            declaration, places: places, sign: places.contains(.line) ? "%" : "%%",
            path: path?.joined(separator: " ") ?? declaration.commandName)
    }

    private init(_ declaration: MagicDeclaration, places: MagicPlaces, sign: String, path: String) {
        self.declaration = declaration
        self.places = places
        self.sign = sign
        self.path = path
    }

    /// The usage line, such as `%plot --from <table> [--kind <kind>]`.
    package var usage: String {
        var parts = [sign + path]
        if !declaration.visibleSubcommands.isEmpty {
            let names = declaration.visibleSubcommands.map(\.commandName)
            parts.append("<\(names.joined(separator: "|"))>")
        }
        parts += declaration.positionals.map(Self.form)
        let options = declaration.options
        // A line with a dozen options says less than the lines below it.
        let isLong = options.count > 6
        parts += options.filter { !isLong || ($0.kind == .option && !$0.isOptional) }.map(Self.form)
        if isLong { parts.append("[options]") }
        return parts.joined(separator: " ")
    }

    private static func form(_ parameter: MagicDeclaration.Parameter) -> String {
        var form: String
        switch parameter.kind {
        case .positional: form = "<\(parameter.valueName ?? "value")>"
        case .flag: form = parameter.spellings.first ?? ""
        case .option: form = "\(parameter.spellings.first ?? "") <\(parameter.valueName ?? "value")>"
        }
        if parameter.isRepeating { form += " …" }
        return parameter.isOptional || parameter.kind == .flag ? "[\(form)]" : form
    }

    private static func explanation(_ parameter: MagicDeclaration.Parameter) -> String {
        var text = parameter.abstract ?? ""
        if let values = parameter.allValues, !values.isEmpty, parameter.kind != .flag {
            text += " (one of \(values.joined(separator: ", ")))"
        }
        if let standard = parameter.defaultValue, !standard.isEmpty, parameter.kind != .flag {
            text += " Default: \(standard)."
        }
        return text
    }

    private var parameterLines: [(form: String, text: String)] {
        declaration.positionals.map { ("<\($0.valueName ?? "value")>", Self.explanation($0)) }
            + declaration.options.map { option in
                let names = option.spellings.joined(separator: ", ")
                let form = option.kind == .option ? "\(names) <\(option.valueName ?? "value")>" : names
                return (form, Self.explanation(option))
            }
    }

    /// Help as plain text.
    package var text: String {
        var lines = [usage, ""]
        if let abstract = declaration.abstract { lines += [abstract, ""] }
        lines += Self.aligned(parameterLines)
        if let discussion = declaration.discussion { lines += [discussion, ""] }
        for subcommand in declaration.visibleSubcommands {
            let help = MagicHelp(subcommand, places: places, sign: sign, path: "\(path) \(subcommand.commandName)")
            lines += [help.usage, "    " + (subcommand.abstract ?? "")]
            lines += Self.aligned(help.parameterLines).map { "    " + $0 }
        }
        while lines.last?.trimmed.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func aligned(_ rows: [(form: String, text: String)]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let width = min(rows.map(\.form.count).max() ?? 0, 34)
        return rows.flatMap { row -> [String] in
            if row.form.count > width {
                return ["  " + row.form, "  " + String(repeating: " ", count: width + 2) + row.text]
            }
            return ["  " + row.form + String(repeating: " ", count: width + 2 - row.form.count) + row.text]
        } + [""]
    }

    /// Help as HTML that needs no style sheet.
    package var html: String {
        var html = "<p><code>\(usage.htmlEscaped)</code></p>"
        if let abstract = declaration.abstract { html += "<p>\(abstract.htmlEscaped)</p>" }
        html += Self.htmlTable(parameterLines)
        if let discussion = declaration.discussion { html += "<pre>\(discussion.htmlEscaped)</pre>" }
        for subcommand in declaration.visibleSubcommands {
            let help = MagicHelp(subcommand, places: places, sign: sign, path: "\(path) \(subcommand.commandName)")
            html += "<p><code>\(help.usage.htmlEscaped)</code><br>\((subcommand.abstract ?? "").htmlEscaped)</p>"
            html += Self.htmlTable(help.parameterLines)
        }
        return html
    }

    private static func htmlTable(_ rows: [(form: String, text: String)]) -> String {
        if rows.isEmpty { return "" }
        let left = #"align="left" style="text-align:left""#
        return "<table>"
            + rows.map { row in
                "<tr><td \(left)><code>\(row.form.htmlEscaped)</code></td><td \(left)>\(row.text.htmlEscaped)</td></tr>"
            }.joined() + "</table>"
    }

    package var display: DisplayData {
        DisplayData(data: ["text/plain": .string(text), "text/html": .string(html)])
    }

    /// The options and arguments as data, for programs that generate a reference.
    package var parameters: JSON {
        .array(parameterLines.map { ["form": .string($0.form), "text": .string($0.text)] })
    }
}
