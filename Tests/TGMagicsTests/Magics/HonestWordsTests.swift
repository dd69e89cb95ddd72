import Foundation
import JupyterKernel
import TGMagics
import Testing

/// Sentences beside predictions say what is so, and no more.
@Suite struct HonestWordsTests {
    private let notebook = TestNotebook()

    /// The value in HTML, where no cell is cut.
    private func html(_ code: String) throws -> String { try notebook.run(code)?.data["text/html"]?.string ?? "" }

    /// A dataset without size and classes counts as a middling one in a kernel; nobody said that it is like any.
    @Test func nothingIsAlikeByWhatIsUnknown() throws {
        try notebook.run("%zoo load words\n%dataset add blank")
        let blank = try html("%recommend blank --top 3")
        #expect(blank.contains("Nothing ties blank to"))
        #expect(!blank.contains("like this by size and classes") && !blank.contains("datasets like it"), "\(blank)")
        try notebook.run("%dataset add known --size 1800 --classes 3")
        #expect(try html("%recommend known --top 3").contains("like this by size and classes"))
    }

    /// A result of another model on the target is not one of the model's own.
    @Test func resultsOnTheTargetAreNamedApart() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian")
        func others(_ text: String) -> Set<Int> {
            Set(
                text.components(separatedBy: " other results").dropLast().compactMap {
                    $0.split(separator: " ").last.flatMap { Int($0) }
                })
        }
        let before = try html("%recommend mine --top 4")
        try notebook.run("%result add mine ends-64x2/europe-2500 0.5833")
        let after = try html("%recommend mine --top 4")
        #expect(after.contains("1 known result on the target"), "\(after)")
        // Each model of words has at most 29 results, three of which are named.
        #expect(!others(before).isEmpty && others(before).allSatisfy { $0 <= 26 }, "\(before)")
        #expect(!others(after).isEmpty && others(after).allSatisfy { $0 <= 26 }, "\(after)")
    }

    @Test func aShareOfNothingHasNoUpperEnd() throws {
        try notebook.run(
            """
            %%zoo six
            model,d1,d2,d3,d4,d5,z
            a,.9,.9,.9,.9,.9,.3
            b,.5,.5,.5,.5,.5,.9
            c,.1,.1,.1,.1,.1,.1
            d,.2,.2,.2,.2,.2,.1
            e,.3,.3,.3,.3,.3,.2
            """)
        let text = try notebook.text("%simulate --runs 1 --method history --method random")
        // In a third of the draws of six datasets z is missing, the only one on which history loses anything.
        #expect(text.contains(", ∞]"), "\(text)")
        #expect(text.contains("on which history loses nothing"), "\(text)")
    }

    @Test func aStrategyIsNotSetBesideItself() throws {
        try notebook.run("%%zoo few\nmodel,x,y,z\na,.5,.7,.1\nb,.6,.8,.2\nc,.6,.1,.3\nd,.4,.3,.5\ne,.1,.2,.4\n")
        let one = try notebook.text("%simulate --runs 2 --method history")
        #expect(!one.contains("of history") && !one.contains("as a share"), "\(one)")
        #expect(try notebook.text("%simulate --runs 2 --method history --method random").contains("of history"))
    }

    @Test func equalResultsAreCalledEqual() throws {
        let text = "\(try notebook.json("%%zoo same\nmodel,x,y\na,.5,.7\nb,.5,.8\nc,.5,.9\n"))"
        #expect(text.contains("hardly tell models apart") && text.contains("x: all 3 are equal"), "\(text)")
    }

    /// An option that changes nothing is refused.
    @Test(arguments: [
        "%recommend x --threshold 0.5", "%recommend x --dimension 8", "%recommend x --embeddings 2",
        "%recommend x --edges results", "%recommend x --features basic", "%predict --target x --score-features",
        "%evaluate --method history --dimension 8", "%simulate --method history --embeddings 2",
        "%report --target x --out /dev/null --threshold 0.5",
        "%predict --target x --method graph:lr:spectral --edges results",
    ])
    func anOptionThatNoMethodUsesIsRefused(line: String) throws {
        try notebook.run("%%zoo few\nmodel,x,y,z\na,.5,.7,.1\nb,.6,.8,.2\nc,.6,.1,.3\n")
        let error = try notebook.error(line)
        #expect(error.name == "UsageError" && error.value.contains("methods, and"), "\(error.value)")
    }

    /// What is counted is named, in the singular too.
    @Test func sentencesOfOneAreInTheSingular() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric accuracy")
        #expect(
            try notebook.text("%dataset add mine --like iberian --metric foo").contains(
                "Its results will be foo; higher is better (assumed"))
        try notebook.run("%dataset add mine --like iberian --metric accuracy")
        #expect(try notebook.text("%recommend iberian --top 1").contains("The chance that this is the best model:"))
        let shown = try notebook.text("%recommend iberian --top 3 --exclude bag-64x2-n4/europe-2500")
        #expect(
            shown.contains("the best of the 3 shown reached")
                && shown.contains("the best of all 122 (those left out included)"), "\(shown)")
        try notebook.run("%result add mine ends-64x2/europe-2500 58.3")
        let text = try notebook.text("%recommend mine --top 2")
        #expect(text.contains("Already tried, so not proposed: 1 of 122 models."), "\(text)")
        #expect(text.contains("add up to the model's place") && text.contains("turn it into"), "\(text)")
        #expect(
            try notebook.text("%recommend mine --top 2 --exclude ends-64x2/europe-2500").contains(
                "The model tried does not meet the limits; it serves as evidence"))
        let budget = try notebook.text("%recommend mine --budget 60000 --cost parameters")
        #expect(budget.contains("fits too; it is expected to add") && budget.contains("percentage points"), "\(budget)")
    }

    @Test func anUnnamedMetricIsToldAsThat() throws {
        try notebook.run("%%zoo bare\nmodel,x,y\na,.9,.8\nb,.8,.7\nc,.7,.5\n")
        try notebook.run("%dataset add q --like x")
        let text = try notebook.text("%result add q a 0.9")
        #expect(
            text.contains("On q the higher result is taken to be the better one: nothing says so. --metric names"),
            "\(text)")
    }

    @Test func anOrderThatSaysNothingIsCalledThat() throws {
        try notebook.run("%%zoo same\nmodel,x,y\na,.5,.7\nb,.5,.7\nc,.5,.7\n")
        let text = try notebook.text("%recommend x")
        #expect(text.contains("No other dataset's results tell the models apart"), "\(text)")
        #expect(!text.contains("general order of the models") && !text.contains("no dataset has results"), "\(text)")
        try notebook.run("%%zoo one\nmodel,dataset,score\na,x,.5\n")
        #expect(try notebook.text("%recommend x").contains("The zoo's 1 result on x was held out."))
    }

    @Test func whatIsUndefinedEverywhereHasNoMeanOverOthers() throws {
        try notebook.run("%%zoo one\nmodel,x\na,.5\nb,.6\nc,.7\nd,.9\ne,.8\n")
        let text = try notebook.text("%evaluate --method history --method random")
        #expect(!text.contains("over the others"), "\(text)")
        #expect(text.contains("Undefined on every target: history."), "\(text)")
    }

    @Test func aReportOfManyDoesNotDenyItsEvidence() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
        try notebook.run("%report --no-evaluation --out \(directory.path)/all.md")
        let text = try String(contentsOfFile: "\(directory.path)/all.md", encoding: .utf8)
        #expect(!text.contains("the method does not say what moved"))
        #expect(text.contains("is told where one dataset is asked for"))
    }

    /// Five of a dozen models lose little in any order.
    @Test func fiveOfFewModelsAreNoMerit() throws {
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
        try notebook.run("%report --target alpha --method history --out \(directory.path)/a.md")
        let text = try String(contentsOfFile: "\(directory.path)/a.md", encoding: .utf8)
        #expect(!text.contains("trying its first five") && text.contains("trying its first choice alone"))
    }

    /// In a file the correlation of the columns is that of the table: both are in the dataset's own direction.
    @Test func whoeverExportsErrorsIsToldOfTheirDirection() throws {
        let directory = try TemporaryDirectory()
        try notebook.run(
            "%%zoo errors\nmodel,dataset,metric,score\na,x,wer,.1\nb,x,wer,.2\nc,x,wer,.5\na,y,wer,.1\nb,y,wer,.3\nc,y,wer,.4\n"
        )
        let context = RecordingContext()
        try notebook.run("%predict --target x --method history --export \(directory.path)/p.csv", in: context)
        #expect(context.stdout.contains("(lower is better on x, so their sign is turned there:"), "\(context.stdout)")
        let rows = try String(contentsOfFile: "\(directory.path)/p.csv", encoding: .utf8).split(separator: "\n")
            .dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(rows.map { $0[2] } == ["a", "b", "c"])
        let predicted = rows.compactMap { Double($0[3]) }
        #expect(predicted.count == 3 && predicted[0] < predicted[1] && predicted[1] < predicted[2])
        #expect(predicted.first == -1 && context.stdout.contains("-1 for the best, 0 for the worst"))
    }
}
