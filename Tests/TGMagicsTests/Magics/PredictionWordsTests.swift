import Foundation
import JupyterKernel
import TGMagics
import Testing

/// What the numbers of a prediction are is said beside them.
@Suite struct PredictionWordsTests {
    private let notebook = TestNotebook()

    @Test func aPlaceIsNotTakenForTheMetric() throws {
        try notebook.run("%zoo load words")
        let value = try #require(try notebook.run("%predict --target iberian --top 5"))
        let text = value.data["text/plain"]?.string ?? ""
        #expect(text.contains("auto: predicted place on iberian, from 0 (its worst model) to 1 (its best)"), "\(text)")
        #expect(text.contains("It is not the accuracy; actual results are in the dataset's own units."), "\(text)")
        #expect(text.contains("The 80 % intervals are on the same scale."), "\(text)")
        // Most of the results as they are written lie outside, and nearly all as places.
        let share = try #require(text.components(separatedBy: "Taken as places, ").last?.split(separator: " ").first)
        #expect((Int(share) ?? 0) > 70, "\(text)")
        let json = try #require(value.data["application/vnd.transfergraph+json"])
        #expect(json["scale"] == "place" && json["columns"] == ["model", "predicted", "actual", "low", "high"])
        let row = try #require(json["rows"]?.array?.first?.array)
        guard row.count == 5, case .number(let low) = row[3], case .number(let high) = row[4] else {
            Issue.record("no interval: \(row)")
            return
        }
        #expect(low < high)
    }

    @Test(arguments: [
        ("nearest-text", "deviations", "predicted deviations from the mean on iberian", "standard deviations"),
        ("family-size", "deviations", "predicted deviations from the mean on iberian", "standard deviations"),
        ("logme", "own", "logme: scores on iberian", "a score in its own unit"),
        ("random", "random", "random: random numbers for iberian", "drawn at random"),
    ])
    func anotherScaleIsNoPlace(method: String, scale: String, title: String, words: String) throws {
        try notebook.run("%zoo load words")
        let predicted = try #require(try notebook.run("%predict --target iberian --method \(method)"))
        let text = predicted.data["text/plain"]?.string ?? ""
        #expect(text.contains(title) && text.contains(words) && !text.contains("worst model"), "\(text)")
        #expect(predicted.data["application/vnd.transfergraph+json"]?["scale"]?.string == scale)
        let recommended = try notebook.text("%recommend iberian --hold-out --method \(method)")
        #expect(recommended.contains("Predicted by \(method): ") && recommended.contains(words), "\(recommended)")
        #expect(!recommended.contains("0 is its worst model"), "\(recommended)")
        let directory = try TemporaryDirectory()
        try notebook.run(
            "%report --target iberian --hold-out --method \(method) --no-evaluation --out \(directory.path)/r.md")
        let report = try String(contentsOfFile: "\(directory.path)/r.md", encoding: .utf8)
        #expect(report.contains(words) && !report.contains("0 is its worst model"))
        #expect(!report.contains("random expects"))
    }

    @Test func aFillerIsNoPrediction() throws {
        try notebook.run("%%zoo one\nmodel,x,y,z\na,.5,.6,.7\n")
        let value = try #require(try notebook.run("%predict --target x"))
        let text = value.data["text/plain"]?.string ?? ""
        #expect(text.contains("–"), "\(text)")
        #expect(text.contains("No other dataset's results tell the models apart"), "\(text)")
        let rows = try #require(value.data["application/vnd.transfergraph+json"]?["rows"]?.array)
        #expect(rows.allSatisfy { $0.array?[1] == .null }, "\(rows)")
    }

    @Test func ownResultsAreSaidToBeHeldOut() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian")
        #expect(try !notebook.text("%predict --target mine --method history").contains("held out"))
        try notebook.run("%result add mine ends-64x2/europe-2500 0.5833")
        let text = try notebook.text("%predict --target mine --method history")
        #expect(
            text.contains("Your own result on mine is held out here and not used; %recommend goes by it."), "\(text)")
    }

    @Test func aReportOfNothingIsRefused() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%%zoo two\nmodel,x,y\na,.5,.6\nb,.7,.8\n")
        let error = try notebook.error("%report --out \(directory.path)/two.html")
        #expect(error.name == "NothingToEvaluate")
        #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/two.html"))
        try notebook.run("%report --target x --no-evaluation --out \(directory.path)/two.html")
    }

    @Test func aNegativePartIsExplained() throws {
        try notebook.run("%zoo load words")
        let text = try notebook.text("%recommend celtic --hold-out --top 3")
        #expect(text.contains("A result may be better than most and count negatively"), "\(text)")
        #expect(
            try !notebook.text("%recommend celtic --hold-out --method history --top 3").contains("count negatively"))
    }

    /// That the best of five is among five is no news.
    @Test func theChanceOfAllModelsIsNotTold() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
        #expect(try notebook.text("%recommend alpha --hold-out --top 3").contains("The chance that the best model is"))
        #expect(
            try !notebook.text("%recommend alpha --hold-out --top 12").contains("The chance that the best model is"))
    }

    @Test func oneModelWithoutAPredictionIsOne() throws {
        let directory = try TemporaryDirectory()
        let path = try TestZoo.write(to: directory)
        let scores = try String(contentsOfFile: path + "/scores.csv", encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("\"model-3\",\"alpha\",") }
        try directory.write(scores.joined(separator: "\n") + "\n", to: "scores.csv")
        try notebook.run("%zoo load \(path)")
        let text = try notebook.text("%predict --target alpha --method logme")
        #expect(text.contains("1 model has no prediction: the zoo has no"), "\(text)")
    }

    /// Fifteen datasets of words have no results, and a metric in their table.
    @Test func datasetsWithoutResultsHaveAMetric() throws {
        try notebook.run("%zoo load words")
        let rows = try notebook.json("%%sql\nselect count(*) from datasets where metric is null")["rows"]?.array
        #expect(rows?.first?.array?.first == .integer(0), "\(String(describing: rows))")
    }
}
