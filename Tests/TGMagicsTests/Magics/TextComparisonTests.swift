import Foundation
import TGMagics
import Testing

/// Conditions that compare a column with a number.
@Suite struct TextComparisonTests {
    let notebook = TestNotebook()
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        _ = try directory.write(
            "model,dataset,accuracy\na,pets,0.9\nb,pets,0.8\nc,pets,0.7\na,cars,0.9\nb,cars,0.8\nc,cars,0.7",
            to: "records.csv")
        _ = try directory.write(
            "model,price,kind,released\na,$0.12,3 to 4,2015-12-10\nb,$1.20,from 2,2021-06-01\nc,$10.00,7,2022-01-10",
            to: "models.csv")
        try notebook.run("%zoo load \(directory.path) --as units")
    }

    @Test func aPriceIsComparedAsANumber() throws {
        let text = try notebook.text("%models --where \"price < 1\" --columns price")
        #expect(text.contains("0.12") && !text.contains("10"), "\(text)")
    }

    @Test(arguments: [
        "kind < 1", "1 > kind", "kind between 1 and 2", "price < 1 and (kind >= .5)", "models.kind <= -1",
    ])
    func aColumnOfTextIsNotComparedWithANumber(_ condition: String) throws {
        let error = try notebook.error("%models --where \"\(condition)\"")
        #expect(error.name == "SQLError")
        #expect(error.traceback.joined().contains("column 'kind' of the models is text, such as '"))
    }

    /// Texts, what is made of them, and dates beside a year compare as they did.
    @Test(arguments: [
        "kind < '4'", "kind = 7", "length(kind) > 3", "cast(kind as real) > 1", "released > 2020", "0 + kind < 9",
    ])
    func otherConditionsHold(_ condition: String) throws {
        #expect(throws: Never.self) { try notebook.run("%models --where \"\(condition)\"") }
    }
}
