import JupyterKernel
import Support

extension Completeness {
    /// Whether `code` is a whole cell, by the same scanner that runs it.
    ///
    /// A cell magic's body ends with an empty line, as consoles expect, or with a semicolon, as SQL queries do.
    public init(ofCell code: String, nesting: Set<String> = []) {
        do throws(CellSyntaxError) {
            switch try ParsedCell(code, nesting: nesting) {
            case .statements:
                self = .complete
            case .cellMagic(let magic):
                let lines = magic.body.lines
                let endsWithEmptyLine = lines.count > 1 && lines.last?.isEmpty == true
                let isStatement = magic.body.trimmed.hasSuffix(";")
                let isWhole = !magic.body.trimmed.isEmpty && (endsWithEmptyLine || isStatement)
                self = isWhole ? .complete : .incomplete(indent: "")
            }
        } catch {
            self = error.isIncomplete ? .incomplete(indent: "") : .invalid
        }
    }
}
