import JupyterKernel

/// Several things shown as one: sentences and tables, in order.
package struct Page {
    package enum Part {
        case heading(String)
        case sentence(String)
        case table(Table)
    }
    package let parts: [Part]

    package init(parts: [Part]) {
        self.parts = parts
    }

    package var plainText: String {
        parts.map { part in
            switch part {
            case .heading(let text), .sentence(let text): text.singleLine()
            case .table(let table): table.plainText
            }
        }.joined(separator: "\n\n")
    }

    package var html: String {
        parts.map { part in
            switch part {
            case .heading(let text): "<p><b>\(text.singleLine().htmlEscaped)</b></p>"
            case .sentence(let text): "<p>\(text.singleLine().htmlEscaped)</p>"
            case .table(let table): table.html
            }
        }.joined(separator: "\n")
    }

    package func display(_ json: JSON) -> DisplayData {
        DisplayData(data: [
            "text/plain": .string(plainText), "text/html": .string(html), DisplayData.transferGraphJSON: json,
        ])
    }
}
