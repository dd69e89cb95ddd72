import JupyterKernel
import Presentation

/// What a command gives: something to show, to keep under a name, and to put into a later line.
public protocol SessionValue: Sendable {
    /// What it is, in the words of `application/vnd.transfergraph+json`: `zoo`, `table`, `graph`, ….
    var kind: String { get }
    /// What `$name` puts into a line.
    var text: String { get }
    /// One line for `%who`.
    var summary: String { get }
    /// The value in every format a reader may want.
    var display: DisplayData { get }
    /// Drawings that are shown above the value.
    var figures: [DisplayData] { get }
}

extension SessionValue {
    public var figures: [DisplayData] { [] }
}

extension Table: SessionValue {}
