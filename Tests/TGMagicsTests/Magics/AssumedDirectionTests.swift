import Testing

/// A zoo of numbers of which nothing says whether higher is better: that this is assumed stands where it matters.
struct AssumedDirectionTests {
    private func rows(_ header: String, _ datasets: [String]) -> String {
        var text = header + "\n"
        for model in 0..<6 {
            for (index, dataset) in datasets.enumerated() {
                text += "m\(model),\(dataset),\(Double((model * 5 + index * 3) % 11 + 1) / 12)\n"
            }
        }
        return text
    }

    @Test func itIsSaidAtLoadAndInPredictionsAndRecommendations() throws {
        let directory = try TemporaryDirectory()
        try directory.write(rows("model,dataset,score", ["pets", "cars", "food"]), to: "records.csv")
        let notebook = TestNotebook()
        #expect(try notebook.text("%zoo load \(directory.path)").contains("assumed: nothing says so"))
        let words = "That higher is better on pets and 2 other datasets is assumed: nothing says so."
        #expect(try notebook.text("%recommend pets --method history").contains(words))
        #expect(try notebook.text("%predict --target pets --method history").contains(words))
        _ = try notebook.text("%zoo load \(directory.path) --lower-is-better")
        #expect(try !notebook.text("%recommend pets --method history").contains("assumed"))
        #expect(try !notebook.text("%predict --target pets --method history").contains("assumed"))
    }

    @Test func whereTheMetricTellsNothingIsAssumed() throws {
        let directory = try TemporaryDirectory()
        try directory.write(rows("model,dataset,wer", ["pets", "cars", "food"]), to: "records.csv")
        let notebook = TestNotebook()
        _ = try notebook.text("%zoo load \(directory.path)")
        let text = try notebook.text("%predict --target pets --method history")
        #expect(!text.contains("assumed") && text.contains("lower is better"))
    }
}
