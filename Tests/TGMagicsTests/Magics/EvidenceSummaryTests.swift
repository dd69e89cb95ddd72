import Foundation
import JupyterKernel
import TGMagics
import Testing

/// What speaks for a recommended model, in words.
@Suite struct EvidenceSummaryTests {
    /// The words beside a model add up to its prediction, and name three of its own results at most.
    @Test func theEvidenceOfEachModelAddsUp() throws {
        let notebook = TestNotebook()
        try notebook.run("%zoo load words")
        let value = try #require(try notebook.run("%recommend iberian --hold-out --top 3"))
        let models = try #require(value.data["application/vnd.transfergraph+json"]?["models"]?.array)
        let text = try #require(value.data["text/plain"]?.string)
        #expect(text.contains("the base value") && text.contains("alike models: "))
        for model in models {
            let parts = try #require(model["evidence"]?.array)
            let sum = parts.reduce(0) { $0 + (number($1["contribution"]) ?? 0) }
            #expect(abs(sum - (number(model["predicted"]) ?? .nan)) < 1e-9)
        }
        // What is shown is rounded to three decimals, six to eight numbers a model.
        for line in text.split(separator: "\n") where line.contains("the base value") {
            #expect(line.components(separatedBy: "; ").count <= 9)
            #expect(line.components(separatedBy: " on ").count <= 6)
        }
    }

    private func number(_ value: JSON?) -> Double? {
        if case .number(let number)? = value { number } else { nil }
    }
}
