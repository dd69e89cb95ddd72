import JupyterKernel
import Presentation

/// Several texts given to a variable: `methods = 'history' 'auto'`.
///
/// `$name`, alone and unquoted, expands to several words; after an option, the option is repeated: `--method $methods`.
public struct ListValue: SessionValue {
    public let items: [String]

    public init(_ items: [String]) {
        self.items = items
    }

    public var kind: String { "list" }
    public var text: String { items.joined(separator: " ") }
    public var summary: String { "\(items.count) texts: \(items.joined(separator: ", "))".singleLine(limit: 80) }
    public var tabular: Table? { Table(columns: [.init("text")], rows: items.map { [.text($0)] }) }
    public var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(items.map(\.visibleControls).joined(separator: "\n")),
            DisplayData.transferGraphJSON: ["kind": "list", "items": .array(items.map(JSON.string))],
        ])
    }
}
