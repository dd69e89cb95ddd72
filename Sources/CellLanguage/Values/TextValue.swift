import JupyterKernel
import Presentation

/// A text, number or truth value given to a variable: `name = "a b"`, `k = 5`.
public struct TextValue: SessionValue {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public var kind: String { "text" }
    public var summary: String { text.singleLine(limit: 80) }
    public var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(text.visibleControls),
            DisplayData.transferGraphJSON: ["kind": "text", "text": .string(text)],
        ])
    }
}
