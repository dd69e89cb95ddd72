import JupyterKernel
import Presentation

/// A picture.
package struct DrawingValue: SessionValue {
    package let drawing: Drawing
    /// The same for programs.
    package let json: JSON
    package let kind: String

    package init(drawing: Drawing, json: JSON, kind: String) {
        self.drawing = drawing
        self.json = json
        self.kind = kind
    }

    package var text: String { drawing.text }
    package var summary: String { drawing.text.singleLine(limit: 80) }
    package var picture: Drawing? { drawing }
    package var display: DisplayData {
        var display = drawing.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }
}
