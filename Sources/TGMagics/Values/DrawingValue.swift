import Kernel

/// A picture.
struct DrawingValue: SessionValue {
    let drawing: Drawing
    /// The same for programs.
    let json: JSON
    let kind: String

    var text: String { drawing.text }
    var summary: String { drawing.text.singleLine(limit: 80) }
    var display: DisplayData {
        var display = drawing.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }
}
