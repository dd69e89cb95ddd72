import Testing
import TransferGraphCore

/// Tables in texts of Markdown, and in JSON that programs of benchmarks write.
struct TextTableTests {
    private let table =
        "| Model | Pets | DTD |\n|:--|--:|--:|\n| **a** | **93.1** | 70 |\n| b | 91 | 69 |\n| c | 88 | 63 |\n"

    private func load(_ files: [String: String], _ name: String? = nil) throws -> Zoo {
        let folder = try HubFolder(files)
        return try Zoo.load(paths: [name.map { folder.url.appendingPathComponent($0).path } ?? folder.url.path])
    }

    // MARK: Markdown

    @Test(arguments: ["results.md", "README.md", "notes/../table.md"])
    func aFoldersOnlyTableMayStandInAText(_ name: String) throws {
        let zoo = try load([
            name: "# Results\n\nprose | with a bar\n\n" + table + "\nmore\n", "models.csv": "model,parameters\na,5\n",
        ])
        #expect(zoo.models.map(\.name) == ["a", "b", "c"] && zoo.datasets.map(\.name) == ["Pets", "DTD"])
        #expect(try TableCase.result(zoo, "a", "Pets") == 93.1)
    }

    @Test func ofSeveralTextsTheLineToTypeIsSaid() throws {
        let error = #expect(throws: ZooError.self) { try load(["x.md": table, "y.md": table, "z.md": "# no table"]) }
        guard case .noRecords(_, _, let tables) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(tables == ["x.md", "y.md"])
    }

    @Test func aTextBesideTheResultsIsNamedAsNotRead() throws {
        let zoo = try load(["results.csv": "model,dataset,score\na,p,1\nb,p,2\n", "more.md": table, "README.md": table])
        #expect(TableCase.note(zoo, "not read")?.examples == ["more.md"])
    }

    /// A table of settings below one of results makes no models of its settings.
    @Test func tablesOfOtherThingsInATextAreLeftOut() throws {
        let zoo = try load(["t.md": table + "\n\n| Hyper | Value |\n|---|---|\n| lr | 1 |\n| bs | 3 |\n"], "t.md")
        #expect(zoo.models.map(\.name) == ["a", "b", "c"])
        #expect(
            TableCase.note(zoo, "tables of a text that are none of results")?.examples == ["t.md line 8: Hyper | Value"]
        )
    }

    @Test func severalTablesOfResultsInATextAreJoined() throws {
        let zoo = try load(["t.md": table + "\n\n| Model | Cars |\n|---|---|\n| a | 1 |\n| b | 2 |\n"], "t.md")
        #expect(zoo.models.count == 3 && zoo.datasets.map(\.name) == ["Pets", "DTD", "Cars"])
        #expect(zoo.results.count == 8)
    }

    /// Validation and test of the same models are no runs of one.
    @Test func aTableThatSaysTheSameAgainIsLeftOut() throws {
        let other = table.replacing("93.1", with: "50")
        let zoo = try load(["t.md": "## Test\n" + table + "\n## Validation\n" + other], "t.md")
        #expect(try TableCase.result(zoo, "a", "Pets") == 93.1)
        #expect(TableCase.note(zoo, "a table above has already")?.count == 1)
    }

    @Test(arguments: [
        "Model | Pets | DTD\n---|---|---\na | 93.1 | 70.1\nb\\|x | 91 | 69\n",
        "| Model | Pets | DTD |\n|-------+------+-----|\n| a | 93.1 | 70 |\n| b\\|x | 91 | 69 |\n",
    ])
    func tablesWithoutOuterBarsAndOrgsRulesAreRead(_ text: String) throws {
        let zoo = try load(["t.md": text], "t.md")
        #expect(zoo.models.map(\.name) == ["a", "b|x"] && zoo.datasets.map(\.name) == ["Pets", "DTD"])
    }

    // MARK: JSON

    /// HELM's tables say of each column which scenario, which metric, and which way is better.
    @Test func tablesOfHeaderAndRowsAreRead() throws {
        let zoo = try load(
            [
                "helm.json": """
                [{"title": "Accuracy", "header": [{"value": "Model"}, {"value": "Mean win rate", "lower_is_better": false},
                  {"value": "MMLU - EM", "lower_is_better": false, "metadata": {"metric": "EM", "run_group": "MMLU"}},
                  {"value": "XSUM - Toxic", "lower_is_better": true, "metadata": {"metric": "Toxic", "run_group": "XSUM"}}],
                  "rows": [[{"value": "J1"}, {"value": 0.5}, {"value": 0.26}, {"value": 0.15}],
                           [{"value": "GPT"}, {"value": 0.6}, {"value": 0.36}, {"value": null}],
                           [{"value": "T5"}, {"value": 0.4}, {"value": 0.2}, {"value": 0.1}]]}]
                """
            ], "helm.json")
        #expect(zoo.models.map(\.name) == ["J1", "GPT", "T5"] && zoo.datasets.map(\.name) == ["MMLU", "XSUM"])
        #expect(try TableCase.metric(zoo, "XSUM").higherIsBetter == false)
        #expect(try TableCase.result(zoo, "GPT", "MMLU") == 0.36 && TableCase.result(zoo, "GPT", "XSUM") == nil)
        #expect(TableCase.note(zoo, "mean of other datasets")?.count == 3)
    }

    @Test(arguments: [
        #"{"header": ["model", "pets", "dtd"], "rows": [["a", 0.9, 0.8], ["b", 0.7, 0.6], ["c", 0.5, 0.4]]}"#,
        #"[{"model": "a", "results": {"pets": {"accuracy": 0.9, "loss": 3}, "dtd": {"accuracy": 0.8}}}, {"model": "b", "results": {"pets": {"accuracy": 0.7, "loss": 4}, "dtd": {"accuracy": 0.6}}}, {"model": "c", "results": {"dtd": {"accuracy": 0.4}, "pets": {"accuracy": 0.5}}}]"#,
        #"{"date": "2024", "results": {"a": {"pets": 0.9, "dtd": 0.8}, "b": {"pets": 0.7, "dtd": 0.6}, "c": {"pets": 0.5, "dtd": 0.4}}}"#,
        #"{"results": {"a": {"pets": 0.9, "dtd": 0.8}, "b": {"pets": 0.7, "dtd": 0.6}, "c": {"pets": 0.5, "dtd": 0.4}}}"#,
        #"{"pets": [{"model": "a", "acc": 0.9}, {"model": "b", "acc": 0.7}, {"model": "c", "acc": 0.5}], "dtd": [{"model": "a", "acc": 0.8}, {"model": "b", "acc": 0.6}, {"model": "c", "acc": 0.4}]}"#,
        #"{"a": [{"dataset": "pets", "acc": 0.9}, {"dataset": "dtd", "acc": 0.8}], "b": [{"dataset": "pets", "acc": 0.7}, {"dataset": "dtd", "acc": 0.6}], "c": [{"dataset": "pets", "acc": 0.5}, {"dataset": "dtd", "acc": 0.4}]}"#,
        #"[{"name": "a", "license": "mit", "results": [{"dataset": "pets", "score": 0.9}, {"dataset": "dtd", "score": 0.8}]}, {"name": "b", "results": [{"dataset": "pets", "score": 0.7}, {"dataset": "dtd", "score": 0.6}]}, {"name": "c", "results": [{"dataset": "pets", "score": 0.5}, {"dataset": "dtd", "score": 0.4}]}]"#,
    ])
    func resultsInsideOfObjectsAreRead(_ text: String) throws {
        let zoo = try load(["r.json": text], "r.json")
        #expect(zoo.models.map(\.name) == ["a", "b", "c"] && Set(zoo.datasets.map(\.name)) == ["pets", "dtd"])
        #expect(try TableCase.result(zoo, "b", "dtd") == 0.6 && TableCase.result(zoo, "a", "pets") == 0.9)
    }
}
