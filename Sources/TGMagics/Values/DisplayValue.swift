import Kernel

/// Something that only wants to be shown.
struct DisplayValue: SessionValue {
    let display: DisplayData
    let kind: String

    init(_ display: DisplayData, kind: String) {
        self.display = display
        self.kind = kind
    }

    var text: String { display.data["text/plain"]?.string ?? "" }
    var summary: String { text.singleLine(limit: 80) }
}
