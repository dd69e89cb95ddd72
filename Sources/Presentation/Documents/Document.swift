import JupyterKernel

/// A text with tables and drawings, written once and rendered to HTML, Markdown, PDF and for programs.
package struct Document: Sendable {
    package enum Part: Sendable {
        case heading(String)
        case paragraph(String)
        case list([String])
        /// Preformatted texts, such as a notebook's cells.
        case code([String])
        case table(Table)
        case drawing(Drawing)
        /// A part that readers can unfold; shown open in formats without folding.
        case folded(String, [Part])
    }
    package let title: String
    /// The day it was made, `2026-11-27`.
    package let date: String
    package let parts: [Part]

    package init(title: String, date: String, parts: [Part]) {
        self.title = title
        self.date = date
        self.parts = parts
    }

    // MARK: HTML

    private static let style = """
        :root { color-scheme: light dark }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; color: #1f2933; background: #fff }
        h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #8a929c; padding-bottom: .2rem }
        table { border-collapse: collapse; font-size: 13px }
        th, td { padding: .25rem .4rem; border-bottom: 1px solid #8a929c66; vertical-align: top }
        svg { max-width: 100%; height: auto; display: block; margin: 1rem 0 } summary { cursor: pointer } pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #8a929c66; padding-left: .6rem }
        p, li { overflow-wrap: anywhere; max-width: 54rem }
        @media screen and (max-width: 960px) {
          table.named, .named tbody, .named tr { display: block } .named thead { display: none }
          .named tr { border-bottom: 1px solid #8a929c; padding: .4rem 0 }
          .named td { display: flex; gap: .8rem; border: 0; padding: .1rem 0; min-width: 0 !important; text-align: left !important }
          .named td::before { content: attr(data-name); flex: 0 0 7em; opacity: .75; overflow-wrap: anywhere }
          .named td[data-name=""]::before { content: "no." } }
        @media (prefers-color-scheme: dark) { body { color: #d5dbe3; background: #111 } }
        @media print { @page { size: A4; margin: 14mm } body { margin: 0; padding: 0; max-width: none; font-size: 10pt; color: #000; background: #fff }
          table { font-size: 6.5pt } th, td { padding: .15rem .25rem } svg, tr { break-inside: avoid } h2 { break-after: avoid }
          details::details-content { content-visibility: visible; block-size: auto } }
        """

    /// A self-contained page without scripts.
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>\(title.singleLine().htmlEscaped)</title>
        <style>
        \(Self.style)
        </style></head><body>
        <h1>\(title.singleLine().htmlEscaped)</h1>
        \(parts.map(Self.html).joined(separator: "\n"))
        </body></html>

        """
    }

    private static func html(_ part: Part) -> String {
        switch part {
        case .heading(let text): "<h2>\(text.singleLine().htmlEscaped)</h2>"
        case .paragraph(let text): "<p>\(text.singleLine().htmlEscaped)</p>"
        case .list(let items): "<ul>\(items.map { "<li>\($0.singleLine().htmlEscaped)</li>" }.joined())</ul>"
        case .code(let texts): texts.map { "<pre>\($0.htmlEscaped)</pre>" }.joined()
        case .table(let table): table.html(namesCells: true)
        case .drawing(let drawing): drawing.svg
        case .folded(let title, let parts):
            "<details><summary>\(title.singleLine().htmlEscaped)</summary>\(parts.map(html).joined(separator: "\n"))</details>"
        }
    }

    // MARK: Markdown

    /// GitHub's Markdown; drawings become their text.
    package var markdown: String {
        "# \(title.singleLine().markdownEscaped)\n\n"
            + parts.map { Self.markdown($0, level: 2) }.joined(separator: "\n")
    }

    private static func markdown(_ part: Part, level: Int) -> String {
        switch part {
        case .heading(let text): "\(String(repeating: "#", count: level)) \(text.singleLine().markdownEscaped)\n"
        case .paragraph(let text): text.singleLine().markdownEscaped + "\n"
        case .list(let items): items.map { "- \($0.singleLine().markdownEscaped)\n" }.joined()
        case .code(let texts): texts.map(fenced).joined(separator: "\n")
        case .table(let table): table.markdown
        case .drawing(let drawing): "*\(drawing.text.singleLine().markdownEscaped)*\n"
        case .folded(let title, let parts):
            ([.heading(title)] + parts).map { markdown($0, level: level + 1) }.joined(separator: "\n")
        }
    }

    /// The text in a fence longer than any that it contains.
    private static func fenced(_ text: String) -> String {
        var fence = "```"
        while text.contains(fence) { fence += "`" }
        return "\(fence)\n\(text.visibleControls)\n\(fence)\n"
    }

    // MARK: Programs

    package var json: JSON {
        func json(_ part: Part) -> JSON {
            switch part {
            case .heading(let text): ["heading": .string(text)]
            case .paragraph(let text): ["text": .string(text)]
            case .list(let items): ["list": .array(items.map(JSON.string))]
            case .code(let texts): ["code": .array(texts.map(JSON.string))]
            case .table(let table): ["table": table.json]
            case .drawing(let drawing): ["drawing": .string(drawing.svg), "text": .string(drawing.text)]
            case .folded(let title, let parts): ["heading": .string(title), "parts": .array(parts.map(json))]
            }
        }
        return [
            "kind": "report", "title": .string(title), "date": .string(date), "parts": .array(parts.map(json)),
        ]
    }
}
