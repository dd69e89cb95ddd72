import CellLanguage
import JupyterKernel
import Presentation

/// A report that could not be written where it should have been.
struct ReportValue: SessionValue {
    private let page: String
    private let zooName: String

    /// - Parameter page: the HTML.
    init(_ page: String, zooName: String) {
        self.page = page
        self.zooName = zooName
    }

    var kind: String { "report" }
    var text: String { summary }
    var summary: String { "a report on \(zooName.singleLine()), \(page.utf8.count) bytes of HTML" }
    var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(summary),
            DisplayData.transferGraphJSON: ["kind": "report", "zoo": .string(zooName), "html": .string(page)],
        ])
    }

    func content(ofFileEndingIn ending: String) -> String? {
        ["html", "htm", ""].contains(ending) ? page : usualContent(ofFileEndingIn: ending)
    }
}
