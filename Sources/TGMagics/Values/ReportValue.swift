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

    /// The extensions of a report's file; none means HTML.
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

    func bytes(ofFileEndingIn ending: String) throws(UserError) -> [UInt8]? {
        if ending == "pdf" { return try document.pdf }
        return content(ofFileEndingIn: ending).map { Array($0.utf8) }
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
