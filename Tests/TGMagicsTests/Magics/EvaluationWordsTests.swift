import Foundation
import JupyterKernel
import TGMagics
import Testing

/// `%evaluate` and `%compare` say what their figures are of, and what they leave out.
@Suite struct EvaluationWordsTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// The value in HTML, where nothing is cut.
    private func html(_ code: String) throws -> String { try notebook.run(code)?.data["text/html"]?.string ?? "" }

    private func loadTestZoo() throws { try notebook.run("%zoo load \(try TestZoo.write(to: directory))") }

    @Test func aRegretInDifferentUnitsHasNoMean() throws {
        var rows = "model,dataset,metric,score\n"
        for model in 0..<5 {
            let place = Double(model)
            rows += "m\(model),x,accuracy,\(0.1 + place / 20)\nm\(model),y,f1,\(0.9 - place / 20)\n"
            rows += "m\(model),z,rmse,\(800 + 400 * ((model * 2) % 5))\n"
        }
        let file = try directory.write(rows, to: "mix.csv")
        try notebook.run("%zoo load \(file)")
        let json = try notebook.json("e = %evaluate --method history --method random\ne")
        #expect(json["means"]?["history"]?["regret@1"] == .null && json["intervals"]?["random"]?["regret@5"] == .null)
        #expect(json["means"]?["random"]?["regret@1 of range"] != .null)
        #expect(json["results"]?.array?.allSatisfy { $0["measures"]?["regret@1"] != .null } == true)
        let text = try html("e")
        #expect(text.contains("It has no mean, as the targets") && text.contains("results are in different units"))
        // Without z, all are fractions.
        let same = try notebook.json("%evaluate --method history --target x --target y")
        #expect(same["means"]?["history"]?["regret@1"] != .null)
    }

    @Test func theMeanOfAllIsSaidToStandForModelsWithoutHistory() throws {
        try notebook.run("%%zoo iso\nmodel,x,y,z\na,.9,.9,.8\nb,.5,.5,.4\nc,.1,.1,.2\nd,.7,,\n")
        let line = "%evaluate --method history --target x --target y"
        #expect(try notebook.json(line)["fillers"]?["history"] == .number(1))
        #expect(try html(line).contains("of which no other result is known (history 1 of 7)"))
        #expect(try !html("%evaluate --method history --target y").contains("no other result is known"))
    }

    @Test func anEvaluationsMarkdownHasWhatIsShown() throws {
        try loadTestZoo()
        let file = directory.path + "/e.md"
        try notebook.run("e = %evaluate --method logme\n%export e \(file)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for part in ["Mean over 4 targets", "Pearson against history", "In brackets: ", "| method | target |"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func noNoteIsOnWhatIsNotThere() throws {
        try notebook.run("%%zoo two\nmodel,x,y\na,.5,.7\nb,.6,.8\n")
        let text = try html("%evaluate --method history --target x --target y")
        #expect(!text.contains("In brackets") && !text.contains("sign-flip"), "\(text)")
    }

    @Test func theLeastPIsNotRoundedDown() throws {
        try notebook.run(
            """
            %%zoo five
            model,d1,d2,d3,d4,z
            a,.9,.9,.9,.9,.3
            b,.5,.5,.5,.5,.9
            c,.1,.1,.1,.1,.1
            d,.2,.2,.2,.2,.1
            e,.3,.3,.3,.3,.2
            """)
        #expect(try html("%evaluate --method random").contains("With 5 targets p cannot go below 0.063:"))
    }

    @Test func resultsThatTheOptionLeavesOutAreNamedAsTheReason() throws {
        _ = try directory.write(
            "model,dataset,score\np,x,.9\nq,x,.8\nr,x,.7\np,y,.6\nq,y,.5\nr,y,.8\n", to: "records.csv")
        _ = try directory.write("model,training_datasets\np,x\nq,x\n", to: "models.csv")
        try notebook.run("%zoo load \(directory.path)")
        let line = "%evaluate --method history --target x"
        let error = try notebook.error("\(line) --exclude-trained-on")
        #expect(error.name == "NothingToEvaluate")
        #expect(
            error.value.contains(
                "Of the 3 results of the dataset 'x', --exclude-trained-on left out 2: one is left, too few to compare with"
            ), "\(error.value)")
        try notebook.run(line)
    }

    @Test func rowsOfAFileThatAreNotComparedAreTold() throws {
        try loadTestZoo()
        let file = try directory.write(
            "method,target,pearson\nlogme,alpha,0.5\nlogme,beta,0.4\nfoo,alpha,0.3\nlogme,nosuch,0.2\nlogme,alpha,0.1\n",
            to: "figures.csv")
        try notebook.run("e = %evaluate --method logme")
        let text = try html("%compare e \(file)")
        #expect(text.contains("Of figures.csv 3 rows are left out: "), "\(text)")
        for part in [
            "1 of methods that were not evaluated (foo, line 4)",
            "1 on targets that were not evaluated (nosuch, line 5)",
            "1 of a method and target that an earlier row has (logme on alpha, line 6)",
            "With 2 targets p cannot go below 0.500: no difference can be told from noise.",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(try !html("%compare e e").contains("left out"))
    }

    @Test func aCorrelationThatIsNoneIsRefused() throws {
        try loadTestZoo()
        let file = try directory.write("method,target,pearson\nlogme,alpha,1.7\n", to: "figures.csv")
        let error = try notebook.error("e = %evaluate --method logme\n%compare e \(file)")
        #expect(error.name == "FormatError")
        #expect(
            error.value.contains("figures.csv, line 2: the column 'pearson' holds 1.7, which is not from -1 to 1."),
            "\(error.value)")
    }

    @Test func whatIsNotSharedIsNamed() throws {
        try loadTestZoo()
        try notebook.run(
            """
            a = %evaluate --method logme --target alpha --target beta
            b = %evaluate --method random --target gamma
            """)
        let targets = try notebook.error("%compare a b").traceback.joined(separator: "\n")
        #expect(targets.contains("b shares no target with the evaluation."), "\(targets)")
        #expect(targets.contains("Its targets are gamma; the evaluation's are alpha, beta."), "\(targets)")
        let file = try directory.write("method,target,pearson\nnone,alpha,1\n", to: "other.csv")
        let methods = try notebook.error("%compare a \(file)").traceback.joined(separator: "\n")
        #expect(methods.contains("other.csv shares no method with the evaluation."), "\(methods)")
        #expect(methods.contains("Its methods are none; the evaluation's are logme, history."), "\(methods)")
    }
}
