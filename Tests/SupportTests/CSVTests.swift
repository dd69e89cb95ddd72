import Support
import Testing

/// Which texts of a table a spreadsheet would calculate.
struct CSVTests {
    @Test(
        arguments: [
            ("a,b\n-1,+2e5\n", nil), ("a\n\"=x,y\"\n", "=x,y"), ("a,-inf\n-,@\n", nil), ("+x,1", "+x"), ("", nil),
            ("\"a\n=b\",1\n", nil), ("a\n@\"b\"\n", "@\"b\""),
        ] as [(String, String?)])
    func onlyTextsAreFormulas(table: String, formula: String?) {
        #expect(CSV.formula(in: Array(table.utf8)) == formula)
    }
}
