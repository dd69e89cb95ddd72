import JupyterKernel
import Presentation
import Support

/// What a command returns: something to show, to keep under a name, and to insert into a later line.
public protocol SessionValue: Sendable {
    /// What it is, in the words of `application/vnd.transfergraph+json`: `table`, `text`, ….
    var kind: String { get }
    /// What `$name` inserts into a line.
    var text: String { get }
    /// One line for `%who`.
    var summary: String { get }
    /// The value in every format a client may want.
    var display: DisplayData { get }
    /// Drawings shown above the value.
    var figures: [DisplayData] { get }
    /// The value as one table at full precision, for programs that read rows; `nil` if it is none.
    var tabular: Table? { get }
    /// The content of a file with this extension (`csv`, `html`, …) that `%export` writes; `nil` if it has none.
    func content(ofFileEndingIn ending: String) -> String?
    /// The drawing that a picture's file holds; `nil` if it has none.
    var picture: Drawing? { get }
    /// The bytes of a file with this extension that `%export` writes: a text, or a picture as `.png` or `.pdf`; `nil`
    /// if it has none.
    ///
    /// - Throws: `UserError` if the machine has no library for pictures.
    func bytes(ofFileEndingIn ending: String) throws(UserError) -> [UInt8]?
}

extension SessionValue {
    public var figures: [DisplayData] { [] }
    public var tabular: Table? { nil }
    public var picture: Drawing? {
        Drawing(display) ?? figures.lazy.compactMap(Drawing.init).first
    }

    public func bytes(ofFileEndingIn ending: String) throws(UserError) -> [UInt8]? {
        switch ending {
        case "png": try picture?.png
        case "pdf": try picture?.pdf
        default: content(ofFileEndingIn: ending).map { Array($0.utf8) }
        }
    }

    public func content(ofFileEndingIn ending: String) -> String? { usualContent(ofFileEndingIn: ending) }

    /// What any value can be written as.
    public func usualContent(ofFileEndingIn ending: String) -> String? {
        switch ending {
        case "csv": tabular?.csv
        case "md": tabular?.markdown
        case "json": display.data[DisplayData.transferGraphJSON].map { $0.text + "\n" }
        case "txt": display.data["text/plain"]?.string.map { $0 + "\n" }
        case "html": display.data["text/html"]?.string.map { $0 + "\n" }
        case "svg": (display.data["image/svg+xml"] ?? figures.first?.data["image/svg+xml"])?.string
        default: nil
        }
    }
}

extension Table: SessionValue {
    public var tabular: Table? { complete }

    /// As CSV and JSON with the rows that are not shown, as far as they are kept.
    public func content(ofFileEndingIn ending: String) -> String? {
        ending == "json" ? complete.json.text + "\n" : usualContent(ofFileEndingIn: ending)
    }
}

extension JSON {
    package var text: String { String(decoding: serialized, as: UTF8.self) }
}
