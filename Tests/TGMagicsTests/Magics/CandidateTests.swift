import Foundation
import TGMagics
import Testing

/// Which models may be proposed for a dataset, and what is said of those that were not.
@Suite struct CandidateTests {
    let notebook = TestNotebook()
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        var records = "model,dataset,accuracy"
        for model in 1...8 {
            for dataset in ["reviews", "news", "tweets"] where model <= 6 {
                records += "\ntext-\(model),\(dataset),0.\(50 + model * 3 + dataset.count)"
            }
            for dataset in ["birds", "cars"] where model > 4 {
                records += "\ntext-\(model),\(dataset),0.\(90 - model)"
            }
        }
        _ = try directory.write(records, to: "records.csv")
        _ = try directory.write(
            "dataset,modalities,languages\nreviews,text,nob\nnews,text,eng\ntweets,text,eng\nbirds,image,\ncars,image,\nmine,text,nob",
            to: "datasets.csv")
        _ = try directory.write(
            "model,license\ntext-1,Apache-2.0\ntext-2,apache-2.0\ntext-3,MIT\ntext-7,apache-2.0", to: "models.csv")
        try notebook.run("%zoo load \(directory.path) --as mixed")
    }

    /// text-7 and text-8 have results on pictures alone.
    @Test(arguments: ["mine", "news"])
    func modelsOfOtherModalitiesAreNotProposed(target: String) throws {
        let json = try notebook.json("%recommend \(target) --top 8 --method history --hold-out")
        let names = json["models"]?.array?.compactMap { $0["model"]?.string } ?? []
        #expect(!names.isEmpty && !names.contains("text-7") && !names.contains("text-8"))
        let text = try notebook.text("%recommend \(target) --top 8 --method history --hold-out")
        #expect(text.contains("2 with results on other modalities than text alone"), "\(text)")
        #expect(
            try notebook.text("%recommend birds --method history --hold-out").contains(
                "4 with results on other modalities than image alone"))
    }

    @Test func aConditionThatMissesForACapitalLetterIsPointedOut() throws {
        let text = try notebook.text("%recommend mine --where \"license = 'apache-2.0'\" --method history")
        #expect(text.contains("'apache-2.0' is not 'Apache-2.0', which 1 of the models have as license"), "\(text)")
        let none = try notebook.error("%recommend mine --where \"license = 'mit'\"")
        #expect(none.name == "NoCandidates" && none.traceback.joined().contains("is not 'MIT'"))
        #expect(try notebook.text("%models --where \"license = 'mit'\"").contains("holds for none of the 8 models"))
        #expect(try !notebook.text("%models --where \"license = 'MIT'\"").contains("case-sensitive"))
    }

    /// A condition that asks for the best results would choose by them.
    @Test func aConditionDoesNotSeeResultsThatAreHeldOut() throws {
        let best = "model in (select model from records where dataset = 'news' order by score desc limit 2)"
        let error = try notebook.error("%recommend news --hold-out --method history --where \"\(best)\"")
        #expect(error.name == "NoCandidates")
        let measured = "model in (select model from measurements where dataset = 'news')"
        #expect(try notebook.error("%recommend news --hold-out --where \"\(measured)\"").name == "HeldOut")
        #expect(
            try notebook.error("%report --target news --hold-out --out /dev/null --where \"\(measured)\"").name
                == "HeldOut")
        // What was not run there may be chosen by the results of others.
        try notebook.run(
            "%recommend mine --method history --where \"model in (select model from records where score > 0.6)\"")
    }

    @Test func whatAZooWasReadFromIsNotWrittenOver() throws {
        let before = try String(contentsOfFile: directory.path + "/records.csv", encoding: .utf8)
        let error = try notebook.error(
            "%predict --target news --method history --export \(directory.path)/../\(directory.path.split(separator: "/").last ?? "")/records.csv"
        )
        #expect(error.name == "FileNotWritable" && error.value.contains("was read from it"))
        #expect(try String(contentsOfFile: directory.path + "/records.csv", encoding: .utf8) == before)
        for _ in 0..<2 {
            try notebook.run("%predict --target news --method history --export \(directory.path)/predictions.csv")
        }
    }

    /// The printed figures can be made from the file again.
    @Test func anExportTellsSeedsAndFoldsApart() throws {
        func header(_ options: String) throws -> String {
            try notebook.run("%evaluate --target news \(options) --export \(directory.path)/e.csv")
            let text = try String(contentsOfFile: directory.path + "/e.csv", encoding: .utf8)
            let lines = text.split(separator: "\n")
            #expect(Set(lines).count == lines.count)
            return String(lines[0])
        }
        #expect(try header("--method history") == "method,target,model,predicted,actual")
        #expect(try header("--method random --seed 1 --seed 2").hasSuffix(",seed"))
        #expect(try header("--method history --protocol completion").hasSuffix(",fold"))
    }

    /// Without a metric's name the target's own direction counts, not that of the zoo's first dataset.
    @Test func aTargetWithoutAMetricsNameKeepsItsDirection() throws {
        var table = "model,dataset,score,higher_is_better"
        for model in 1...9 {
            for dataset in 1...4 {
                table += "\nm\(model),a\(dataset),0.\(50 + 4 * model + dataset),true"
                if dataset > 1 || model < 6 { table += "\nm\(model),e\(dataset),0.\(49 - 4 * model + dataset),false" }
            }
        }
        try notebook.run("%zoo load \(try directory.write(table, to: "both.csv"))")
        let json = try notebook.json("%recommend e1")
        let results = json["models"]?.array?.compactMap { model -> Double? in
            if case .number(let mean)? = model["predicted"] { mean } else { nil }
        }
        #expect(json["higher_is_better"] == false && results?.isEmpty == false)
        #expect(results?.allSatisfy { (-0.05..<0.45).contains($0) } == true, "\(json)")
        #expect(try !notebook.text("%recommend e1").contains("-0.3"))
    }

    /// The scale that others have is the target's too, in the range and in each expected result.
    @Test(arguments: [("Accuracy (%)", 100.0), ("accuracy", 1)])
    func aDatasetAddedWithAMetricIsExpectedOnTheScaleOfTheOthers(column: String, unit: Double) throws {
        var table = "model,dataset,\(column)"
        for model in 1...10 {
            for dataset in 1...5 { table += "\nm\(model),d\(dataset),\(unit * Double(50 + 3 * model + dataset) / 100)" }
        }
        let path = try directory.write(table, to: "long-\(Int(unit)).csv")
        try notebook.run("%zoo load \(path)")
        try notebook.run("%dataset add Dogs --like d2 --metric accuracy")
        let text = try notebook.text("%recommend Dogs --top 2")
        let part = text.components(separatedBy: "is expected at ").dropFirst().first?.split(separator: " ").first
        let value = part.flatMap { Double($0.filter { $0.isNumber || $0 == "." }) }
        #expect(value.map { (0.7 * unit...0.9 * unit).contains($0) } == true, "\(text)")
    }
}
