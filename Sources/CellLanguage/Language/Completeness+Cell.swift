import JupyterKernel
import Support

extension Completeness {
    /// Whether `code` is a whole cell, by the same reading that runs it.
    ///
    /// A cell magic's body ends with an empty line, as consoles expect, or, for SQL, with a semicolon.
    public init(ofCell code: String) {
        do throws(CellSyntaxError) {
            switch try ParsedCell(code) {
            case .statements:
                self = .complete
            case .cellMagic(let magic):
                let body = magic.body
                let endsWithEmptyLine = body.hasSuffix("\n") || body.hasSuffix("\n\r")
                let isStatement = body.trimmed.hasSuffix(";")
                let isWhole = !body.trimmed.isEmpty && (endsWithEmptyLine || isStatement)
                self = isWhole ? .complete : .incomplete(indent: "")
            }
        } catch {
            self = error.isIncomplete ? .incomplete(indent: "") : .invalid
        }
    }
}
