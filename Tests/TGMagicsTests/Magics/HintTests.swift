import Foundation
import TGMagics
import Testing

/// What a mistake is answered with: the nearest names, and what to do next.
@Suite struct HintTests {
    private let notebook = TestNotebook()

    private func hint(_ code: String) throws -> String { try notebook.error(code).traceback.joined(separator: "\n") }

    /// Of very many names none is shown at random.
    @Test func namesThatAreNotNearAreNotListed() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian")
        let dataset = try hint("%recommend nosuch")
        #expect(dataset.contains("None of the 45 is spelt like it; your own: mine."), "\(dataset)")
        let model = try hint("%recommend iberian --exclude nosuch")
        #expect(model.contains("None of the 122 is spelt like it. %models lists all."), "\(model)")
        #expect(try hint("%recommend iberan").contains("Did you mean iberian"))
        try notebook.run("%%zoo few\nmodel,x,y\na,.5,.7\nb,.6,.8\n")
        #expect(try hint("%recommend nosuch").contains("Known: x, y."))
    }

    @Test func aTextInDoubleQuotesIsNoColumn() throws {
        try notebook.run("%zoo load words")
        for line in [#"%models --where "family = \"cnn\"""#, "%%sql\nselect model from models where family = \"cnn\""] {
            #expect(try hint(line).contains("A text stands in single quotes: 'cnn'."), "\(line)")
        }
        #expect(try hint("%models --where \"paramters < 5\"").contains("Did you mean parameters"))
    }

    @Test func whatIsMissingOrCannotBeWrittenComesWithAHint() throws {
        #expect(try hint("%run nosuch-anywhere.tg").contains("relative ones start at"))
        try notebook.run("%%zoo few\nmodel,x,y\na,.5,.7\nb,.6,.8\n")
        #expect(try hint("%zoo save /dev/null").contains("Name another folder"))
        try notebook.run("%dataset add q --like x\n%result add q a 0.5")
        #expect(try hint("%dataset remove q").contains("such as --force"))
    }

    @Test(arguments: ["0", "1"]) func aDatasetOfOneClassIsRefused(count: String) throws {
        try notebook.run("%%zoo few\nmodel,x,y\na,.5,.7\nb,.6,.8\n")
        #expect(try notebook.error("%dataset add q --classes \(count)").name == "UsageError")
        let directory = try TemporaryDirectory()
        try NumPyFile.write([3, 3, 3], to: directory.path + "/labels.npy")
        #expect(try hint("%dataset add q --labels \(directory.path)/labels.npy").contains("of one class"))
    }
}
