import Foundation
import JupyterKernel
import TGMagics
import Testing

/// What is told to somebody who gave an option a value that it does not take.
@Suite struct UsageMessageTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    private func message(_ code: String) throws -> (name: String, text: String) {
        let error = try notebook.error(code)
        return (error.name, error.traceback.joined(separator: "\n"))
    }

    @Test(arguments: [
        ("%evaluate --seed -1", "A seed is a whole number from 0 to 18446744073709551615."),
        ("%time evaluate --seed -1", "A seed is a whole number from 0 to 18446744073709551615."),
        ("%predict --target alpha --seed 18446744073709551616", "A seed is a whole number from 0"),
        ("%evaluate --history-ratio 1,1", "several that differ"), ("%evaluate --history-ratio abc", "from 0 to 1"),
        ("%evaluate --history-ratio -0.5", "--history-ratio takes a share from 0 to 1"),
        ("%evaluate --history-ratio nan", "--history-ratio takes a share from 0 to 1"),
        ("%evaluate --threads 9223372036854775807", "--threads takes a count from 1 to 1024"),
        ("%models --rows -5", "--rows takes a count of 0 or more"),
        ("%models --rows 1e3", "It takes a whole number."), ("%predict --target alpha --top -5", "--top takes a count"),
        ("%embed node2vec --epochs 9223372036854775807", "between 1 and 10000"),
        ("%embed node2vec --p -nan", "p must lie between"), ("%embed node2vec --dimension -4", "from 1 to 4096"),
        ("%history -l -1", "--last=VALUE"), ("%models --sort -size", "--sort=VALUE"),
        ("%graph build --threshold -1", "--threshold takes a number from 0 to 1"),
        ("%graph build --score-threshold nan", "--score-threshold takes a number from 0 to 1"),
        ("%evaluate --export ''", "--export takes the name of a file"),
        ("%predict --target alpha --export ' '", "--export takes the name of a file"),
        ("%report --out ''", "--out takes the name of a file"),
    ])
    func aValueThatIsNotTakenIsNamedWithWhatIs(_ code: String, _ mention: String) throws {
        let (name, text) = try message(code)
        #expect(["UsageError", "InvalidOption"].contains(name))
        #expect(text.contains(mention), "\(text)")
        #expect(!text.contains("Missing value") || mention.contains("VALUE"), "\(text)")
    }

    @Test func negativeNumbersAreJoinedToTheirOptionsAndNothingElseIs() {
        #expect(["--seed", "-1", "x"].joiningNegativeNumbers == ["--seed=-1", "x"])
        #expect(["add", "x", "-0.5"].joiningNegativeNumbers == ["add", "x", "--", "-0.5"])
        #expect(["--p", "-inf", "--q", "-1e3"].joiningNegativeNumbers == ["--p=-inf", "--q=-1e3"])
        for words in [
            ["--", "--a", "-1"], ["--", "-1"], ["--a", "-x"], ["--a=1", "-2"], ["-l", "-1"], ["--a", "-"],
        ] {
            #expect(words.joiningNegativeNumbers == words)
        }
    }

    @Test func aDatasetOfImpossibleSizeIsAnError() throws {
        let rows = (0..<6).map { [Double($0), 1] }
        try NumPyFile.write(rows, to: directory.path + "/f.npy")
        try NumPyFile.write(rows.indices.map { Int64($0 % 2) }, to: directory.path + "/l.npy")
        let files = "--features \(directory.path)/f.npy --labels \(directory.path)/l.npy"
        #expect(try notebook.error("%dataset add new \(files) --size \(Int.max)").name == "ShapeMismatch")
        try notebook.run("%dataset add new \(files)")
    }

    @Test func longNamesAreCutInMessagesAndHints() throws {
        let name = "model-1" + String(repeating: "x", count: 10_000)
        var records = "model,dataset,score\n\(name),d,1\n"
        for model in 0..<4 { records += "m\(model),d,0.\(model)\nm\(model),e\u{202E}vil,0.\(model)\n" }
        try directory.write(records, to: "records.csv")
        for file in ["models", "scores", "similarity"] {
            try? FileManager.default.removeItem(atPath: "\(directory.path)/\(file).csv")
        }
        try notebook.run("%zoo load \(directory.path) --as long")
        for code in ["%records --model \(name)y", "%records --model m9", "%predict --target evil", "%\(name)"] {
            let error = try notebook.error(code)
            let text = error.traceback.joined(separator: "\n")
            #expect(text.count < 3_000 && error.value.count < 1_000, "\(code.prefix(40))")
            #expect(!text.unicodeScalars.contains("\u{202E}"))
        }
        #expect(try message("%records --model \(name)y").text.contains("…"))
        #expect(try message("%predict --target evil").text.contains("vil"))
    }

    @Test(arguments: [
        "pragma cache_size = 5", "PRAGMA main.journal_mode=off", "pragma query_only(0)", "savepoint a", "reindex",
        "begin", "insert into models(model) values ('x')", "-- a\n/* b */ ; pragma\n\"user_version\" = 3",
        "pragma table_info = models", "explain pragma cache_size",
    ])
    func sqlThatIsNoQuestionIsRefused(_ query: String) throws {
        #expect(try notebook.error("%%sql\n\(query)").name == "SQLError")
    }

    @Test func sqlTellsOfTheTables() throws {
        #expect(try notebook.text("%%sql\npragma table_info(models)").contains("pretraining_accuracy"))
        #expect(try notebook.text("%%sql\nexplain query plan select * from models").contains("models"))
        #expect(try notebook.text("%%sql\n-- pragma\nselect 'pragma' as word").contains("pragma"))
    }

    @Test func comparingWithWhatIsNoTableOfFiguresSaysWhatItIs() throws {
        let export = directory.path + "/predictions.csv"
        try notebook.run(
            "p = %predict --target alpha --method history\ne = %evaluate --method history --export \(export)")
        let file = try message("%compare e \(export)")
        #expect(file.name == "FormatError" && file.text.contains("holds predictions"))
        let variable = try message("%compare p \(export)")
        #expect(variable.name == "UsageError" && variable.text.contains("kind prediction"), "\(variable.text)")
    }
}
