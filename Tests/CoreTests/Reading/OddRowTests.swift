import Testing
import TransferGraphCore

/// One odd row in a table of models: facts about its datasets, a footnote, a name that begins as a fact's, differences.
struct OddRowTests {
    private static let models = ["resnet50", "vit_b", "convnext"]
    private static let datasets = ["pets", "cars", "dtd"]

    private func table(_ row: String, header: String = "model") -> String {
        "\(header),pets,cars,dtd\nresnet50,90,85,72\nvit_b,93,88,70\nconvnext,92,89,73\n\(row)\n"
    }

    private func check(_ zoo: Zoo, _ what: String, models: [String] = models) throws {
        #expect(zoo.models.map(\.name) == models, "\(what)")
        #expect(zoo.datasets.map(\.name) == Self.datasets, "\(what)")
        #expect(try TableCase.result(zoo, "vit_b", "pets") == 93)
    }

    // MARK: Facts

    @Test(arguments: [
        "n_classes,37,196,47", "# images,3680,8144,3760", "classes,37,196,47", "# train,3680,8144,3760",
        "Source,paper A,paper B,paper C",
    ])
    func factsOfDatasetsTurnNoTable(_ row: String) throws {
        for header in ["model", "Model", "name", ""] {
            let zoo = try TableCase.zoo(table(row, header: header))
            try check(zoo, "\(header): \(row)")
            #expect(TableCase.note(zoo, "facts about the datasets") != nil)
        }
        let first = table(row).split(separator: "\n")
        try check(TableCase.zoo("\(first[0])\n\(row)\n\(first[1])\n\(first[2])\n\(first[3])\n"), row)
    }

    /// Names that say nothing of their own: the first header tells.
    @Test func factsBelowAHeaderOfModelsAreOfDatasets() throws {
        let zoo = try TableCase.zoo("model,x1,x2,x3\nfoo,90,85,72\nbar,93,88,70\nbaz,92,89,73\n# train,10,20,30\n")
        #expect(zoo.models.map(\.name) == ["foo", "bar", "baz"] && zoo.datasets.map(\.name) == ["x1", "x2", "x3"])
        // Parameters are models'.
        let across = try TableCase.zoo("model,foo,bar,baz\nParams (M),22,86,25\nx1,90,85,72\nx2,93,88,70\n")
        #expect(across.models.map(\.name) == ["foo", "bar", "baz"] && across.datasets.map(\.name) == ["x1", "x2"])
    }

    @Test(arguments: [
        "Memory Networks", "Memory Transformer", "#3 submission", "FLOPs-matched CNN", "YearNet 2020",
        "Year-end model 2022", "Date: 2024", "Energy Transformer", "Count-based model", "ours (B)",
    ])
    func modelsWhoseNamesBeginAsFactsDoAreModels(_ name: String) throws {
        let zoo = try TableCase.zoo(table("\(name),91,86,71"))
        try check(zoo, name, models: Self.models + [name])
        #expect(try TableCase.result(zoo, name, "dtd") == 71)
    }

    // MARK: Notes

    @Test(arguments: [
        "Trained for 300 epochs,,,", "* 300 epochs,,,", "¹ trained for 300 epochs", "† from the original paper,,,",
        "\"Source: own experiments, 2024\",,,", "Source: own experiments,2024,,", "Note: batches of 256,,,",
        "All models were trained by us,,,",
    ])
    func footnotesAreNoModels(_ row: String) throws {
        let zoo = try TableCase.zoo(table(row))
        try check(zoo, row)
        #expect(TableCase.note(zoo, "notes on the table")?.count == 1, "\(row)")
    }

    /// A model without a result is no note, though it is left out too; one with a star is a model.
    @Test(arguments: [("swin,,,", 3), ("swin_t v2,,,", 3), ("*ours,91,86,71", 4)])
    func modelsAreNoNotes(_ row: String, models: Int) throws {
        let zoo = try TableCase.zoo(table(row))
        #expect(zoo.models.count == models && TableCase.note(zoo, "notes on the table") == nil)
    }

    // MARK: Differences

    @Test(arguments: [
        "Delta (ours - best),+0.5,+1.1,-0.2", "Improvement,+0.5,+1.1,-0.2", "Improvement,0.5,1.1,0.2",
        "p-value,0.01,0.2,0.05", "Count,3,3,3", "Gain over baseline,0.5,1.1,0.2", "Δ,0.5,1.1,0.2",
    ])
    func rowsOfDifferencesAreNoModels(_ row: String) throws {
        let zoo = try TableCase.zoo(table(row))
        try check(zoo, row)
        #expect(TableCase.note(zoo, "rows of differences")?.count == 1, "\(row)")
    }

    @Test func ablationsWithSignsAreNoModels() throws {
        let zoo = try TableCase.zoo(table("+ mixup,+0.5,+1.2,-0.3\n+ ema,+0.9,+1.9,+0.2\n- aug,-0.9,-1.9,-0.2"))
        try check(zoo, "ablations")
        #expect(TableCase.note(zoo, "rows of differences")?.count == 3)
        // Results of their own are.
        let whole = try TableCase.zoo(table("+ mixup,90.5,86.2,72.3\nDELTA,91,86,71"))
        #expect(whole.models.count == 5)
        // Where all are negative, none is a difference.
        let negative = try TableCase.zoo("model,x,y\na,-3.1,-2\nb,-2.5,-1\nc,-4,-3\n")
        #expect(negative.models.count == 3)
    }
}
