import CellLanguage
import JupyterKernel
import Presentation
import Support

/// A selection report.
struct ReportValue: SessionValue {
    let document: Document
    private let zooName: String

    init(_ document: Document, zooName: String) {
        self.document = document
        self.zooName = zooName
    }

    /// What a report's file may end in; nothing is HTML.
    static let endings = ["html", "htm", "md", "json", "pdf", ""]

    var kind: String { "report" }
    var text: String { summary }
    var summary: String { "a report on \(zooName.singleLine()), \(document.parts.count) parts" }
    var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(summary),
            DisplayData.transferGraphJSON: [
                "kind": "report", "zoo": .string(zooName), "html": .string(document.html),
            ],
        ])
    }

    /// The bytes of a file with this ending.
    ///
    /// - Throws: `UserError` where a PDF is wanted and the machine has no library for it.
    func bytes(ofReportEndingIn ending: String) throws(UserError) -> [UInt8] {
        switch ending {
        case "md": Array(document.markdown.utf8)
        case "json": Array((document.json.text + "\n").utf8)
        case "pdf": try document.pdf
        default: Array(document.html.utf8)
        }
    }

    func content(ofFileEndingIn ending: String) -> String? {
        switch ending {
        case "html", "htm", "": document.html
        case "md": document.markdown
        case "json": document.json.text + "\n"
        default: usualContent(ofFileEndingIn: ending)
        }
    }
}
