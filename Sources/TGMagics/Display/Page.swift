import Kernel

/// Several things shown as one: sentences and tables, in order.
struct Page {
    enum Part {
        case heading(String)
        case sentence(String)
        case table(Table)
    }
    let parts: [Part]

    var plainText: String {
        parts.map { part in
            switch part {
            case .heading(let text), .sentence(let text): text.singleLine()
            case .table(let table): table.plainText
            }
        }.joined(separator: "\n\n")
    }

    var html: String {
        parts.map { part in
            switch part {
            case .heading(let text): "<p><b>\(text.singleLine().htmlEscaped)</b></p>"
            case .sentence(let text): "<p>\(text.singleLine().htmlEscaped)</p>"
            case .table(let table): table.html
            }
        }.joined(separator: "\n")
    }

    func display(_ json: JSON) -> DisplayData {
        DisplayData(data: [
            "text/plain": .string(plainText), "text/html": .string(html), DisplayData.transferGraphJSON: json,
        ])
    }
}
