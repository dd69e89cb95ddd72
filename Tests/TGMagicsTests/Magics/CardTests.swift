import Foundation
import Testing

/// `%card` shows a model with where each thing stands.
struct CardTests {
    @Test func aModelsCardTellsFactsLineageResultsAndTheirPlaces() throws {
        let directory = try TemporaryDirectory()
        for (name, value) in [("one", "0.5"), ("two", "0.75")] {
            let folder = directory.url.appendingPathComponent("org/\(name)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let card = """
                ---
                license: mit
                base_model: lab/base
                model-index:
                - results:
                  - dataset: {type: ducks}
                    metrics: [{type: accuracy, value: \(value)}]
                ---

                """
            try card.write(to: folder.appendingPathComponent("README.md"), atomically: false, encoding: .utf8)
        }
        let notebook = TestNotebook()
        _ = try notebook.text("%zoo load \(directory.path)")
        let parent = try notebook.text("%card lab/base")
        #expect(parent.contains("org/one/README.md line 7"), "\(parent)")
        #expect(parent.contains("finetune"))
        #expect(parent.contains("0.625"))
        let copy = try notebook.text("%card org/one")
        #expect(
            copy.contains("license") && copy.contains("mit") && copy.contains("org/one/README.md line 2"), "\(copy)")
        #expect(copy.contains("Its results count for lab/base"))
    }
}
