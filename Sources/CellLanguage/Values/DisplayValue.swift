import JupyterKernel
import Presentation

/// A value that is only shown.
package struct DisplayValue: SessionValue {
    package let display: DisplayData
    package let kind: String

    package init(_ display: DisplayData, kind: String) {
        self.display = display
        self.kind = kind
    }

    package var text: String { display.data["text/plain"]?.string ?? "" }
    package var summary: String { text.singleLine(limit: 80) }
}
