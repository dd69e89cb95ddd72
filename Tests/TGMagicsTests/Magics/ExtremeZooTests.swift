import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TGMagics
import Testing

/// Zoos whose numbers lie at the ends of what a number can hold: each command ends, with a value or an error for people.
@Suite struct ExtremeZooTests {
    private static let numbers = [
        "1e308", "-1e308", "0", "-0.0", "5e-324", "1", "1.7976931348623157e308", "-1.7976931348623157e308", "0.5",
        "inf",
        "-inf", "nan", "", "1e-60", "1e38", "3.5e38",
    ]
    private static let distances = ["1e308", "0", "5e-324", "1.7e308", "1", "1e-60", "3.5e38"]
    private static let everything = "--include-without-signal --edges results,scores,similarity,pretraining,lineage"

    private static let commands =
        [
            "%zoo info", "%models --all --sort parameters", "%datasets --all --sort size", "%records --sort result",
            "%scores --all --sort value", "%graph build \(everything) --threshold 0 --score-threshold 0\n%graph show",
            "%graph build \(everything)\n%embed node2vec --dimension 2 --walks 2 --length 5",
            "%embed node2vec+ --dimension 1 --walks 2 --length 5 --p 0.000001 --q 1000000",
            "%embed graphsage --dimension 4 --no-quality", "%embed gat --dimension 4 --no-quality",
            "%evaluate --method auto --method logme --method random --model-ratio 0 --target d0",
            "%evaluate --method auto --method x --target d0 --calibration --include-without-signal",
            "%evaluate --method history --history-ratio 0,0.5,1", "%%sql\nselect *, normalised * 2 from records",
            "%dataset add new --near d0=1e308 --size \(Int.max)\n%predict --target new --method auto",
        ]
        + ["history", "logme", "random", "auto", "tg:lr:n2v --score-features", "tg:rf:n2v", "tg:xgb:n2v"].flatMap {
            let options = $0.hasPrefix("tg:") ? " --dimension 2 --embeddings 1" : ""
            return ["%predict --target d0 --method \($0)\(options)", "%recommend d0 --method \($0)\(options)"]
        }

    @Test(arguments: [(1, 1, 1), (2, 1, 2), (1, 2, 3), (3, 3, 4), (12, 6, 5), (12, 6, 6)])
    func everyCommandEnds(models: Int, datasets: Int, seed: Int) throws {
        var state = UInt64(seed)
        func one<Element>(of list: [Element]) -> Element {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return list[Int((state >> 33) % UInt64(list.count))]
        }
        let models = (0..<models).map { "m\($0)" }
        let datasets = (0..<datasets).map { "d\($0)" }
        // The last seed has results that a mean and a difference of two cannot be taken of without care.
        let results = seed == 6 ? ["1e308", "-1e308", "1.7e308", "0"] : Self.numbers
        var records = "model,dataset,score\nm0,d0,1\n"
        var scores = "model,dataset,method,value\n"
        var similarity = "dataset_a,dataset_b,distance\n"
        var metadata = "model,family,parameters,input_size,memory,labels,accuracy,dataset\n"
        var sizes = "dataset,size,classes\n"
        var lineage = "model,parent\n"
        for model in models {
            let numbers = (0..<5).map { _ in one(of: Self.numbers) }.joined(separator: ",")
            metadata += "\(model),\(one(of: ["x", "y"])),\(numbers),\(one(of: datasets))\n"
            lineage += "\(model),\(one(of: models))\n"
            for dataset in datasets {
                records += "\(model),\(dataset),\(one(of: results))\n"
                for score in ["LogME", "X"] { scores += "\(model),\(dataset),\(score),\(one(of: Self.numbers))\n" }
            }
        }
        for (index, dataset) in datasets.enumerated() {
            sizes += "\(dataset),\(one(of: Self.numbers)),\(one(of: Self.numbers))\n"
            for other in datasets[..<index] { similarity += "\(dataset),\(other),\(one(of: Self.distances))\n" }
        }
        let directory = try TemporaryDirectory()
        for (file, text) in [
            ("records", records), ("scores", scores), ("similarity", similarity), ("models", metadata),
            ("datasets", sizes), ("lineage", lineage),
        ] { try directory.write(text, to: "\(file).csv") }
        let notebook = TestNotebook()
        for command in Self.commands {
            try notebook.run("%zoo load \(directory.path)")
            let cell = Cell(code: command, silent: false, executionCount: 1)
            let outcome = notebook.interpreter.execute(cell, in: RecordingContext())
            if case .failure(let error) = outcome {
                #expect(error.name != "InternalError", "\(command): \(error.value)")
            }
        }
    }
}
