import TGMagics
import Testing

@Suite struct ZooHereTests {
    @Test func aTableInACellIsAZoo() throws {
        let notebook = TestNotebook()
        let json = try notebook.json("%%zoo tiny\nmodel,dataset,score\na,x,1\nb,x,0.5\n")
        #expect(json["name"] == "tiny" && json["results"] == 2)
        #expect(try notebook.error("%zoo tiny").value.contains("has no subcommand 'tiny'"))
    }
}
