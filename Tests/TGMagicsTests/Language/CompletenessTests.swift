import CellLanguage
import JupyterKernel
import TGMagics
import Testing

@Suite struct CompletenessTests {
    @Test(arguments: [
        "", "# a comment", "%zoo list", "zoo load 'a b'", "z = %models", "models?", "%echo a \\\n b",
        "%%sql\nselect 1;", "%%sql\nselect 1\n", "%%time\n%echo a\n",
    ])
    func wholeCellsRun(_ code: String) { #expect(Completeness(ofCell: code) == .complete) }

    @Test(arguments: [
        "%echo 'a", "%echo \"a", "%echo a \\", "%%sql", "%%sql\n", "%%sql\nselect 1", "%%time\n%echo a",
    ])
    func unfinishedCellsWaitForMore(_ code: String) {
        #expect(Completeness(ofCell: code) == .incomplete(indent: ""))
    }

    @Test(arguments: ["%", "x =", "= 1", "%echo a\n%%sql\n"])
    func whatCannotBecomeACellIsInvalid(_ code: String) { #expect(Completeness(ofCell: code) == .invalid) }
}
