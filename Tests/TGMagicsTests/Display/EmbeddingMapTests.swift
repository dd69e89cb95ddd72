import Foundation
import TGMagics
import Testing

@Suite struct EmbeddingMapTests {
    /// Twelve models of two families, each good on four datasets of its own, and makers that say nothing of either.
    private func map(_ family: (Int) -> String) throws -> String {
        let directory = try TemporaryDirectory()
        var records = "model,dataset,score\n"
        var models = "model,family,maker\n"
        for model in 0..<12 {
            models += "m\(model),\(family(model)),\(model % 3 == 0 ? "one" : "two")\n"
            for dataset in 0..<8 {
                let fits = (model < 6) == (dataset < 4)
                records +=
                    "m\(model),d\(dataset),\((fits ? 0.9 : 0.2) + Double((model * 7 + dataset * 3) % 10) / 100)\n"
            }
        }
        try directory.write(records, to: "records.csv")
        try directory.write(models, to: "models.csv")
        let notebook = TestNotebook()
        let context = RecordingContext()
        try notebook.run("%zoo load '\(directory.path)'\n%embed spectral --dimension 8 --no-quality", in: context)
        return try #require(
            context.recorded.displays.compactMap { $0.data.data["image/svg+xml"]?.string }.first {
                $0.contains("The embedding")
            })
    }

    @Test func familiesThatLieTogetherHaveColoursAndHulls() throws {
        let svg = try map { $0 < 6 ? "left" : "right" }
        #expect(svg.contains("family left") && svg.contains("family right"))
        #expect(svg.components(separatedBy: "class=\"wash\"").count == 3)
        // Few nodes all have their names.
        for name in ["m3", "m11", "d7"] { #expect(svg.contains(">\(name)</text>"), "\(name)") }
        #expect(!svg.contains(">other dataset<"))
    }

    @Test func groupsThatLieNoCloserThanOthersHaveNone() throws {
        // Every other model: each family has as many models of one kind as of the other.
        let svg = try map { ["odd", "even"][$0 % 2] }
        #expect(!svg.contains("family odd"))
    }
}
