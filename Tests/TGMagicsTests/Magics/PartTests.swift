import CellLanguage
import Foundation
import Sweeps
import TGMagics
import Testing

/// Sweeps in parts, as a user sees them.
struct PartTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory
    private let zooDirectory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        zooDirectory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: zooDirectory))")
    }

    private func plan(_ folder: String) throws -> SweepPlan { try #require(try SweepFolder(folder).plan()) }

    /// Any number of parts, more than tasks too, done in any order, gives what one run gives.
    @Test(
        arguments: [
            "%evaluate --method logme --method tg:lr:n2v --embeddings 1 --dimension 4 --seed 1 --seed 2",
            "%evaluate --method random --method auto --seed 3 --history-ratio 1,0.5",
            "%simulate --runs 4 --method auto --method random --seed 1 --seed 2",
        ], [1, 2, 5, 30])
    func partsGiveTheValueOfOneRun(line: String, count: Int) throws {
        let folder = directory.path + "/sweep"
        let whole = try notebook.json(line)
        for part in (1...count).reversed() { try notebook.run("\(line) --part \(part)/\(count) --out \(folder)") }
        #expect(try notebook.json("%merge \(folder)") == whole)
        // The folder is enough: a session without a zoo merges it too.
        #expect(try TestNotebook().json("%merge \(folder)") == whole)
        let tasks = try plan(folder).shares.joined()
        #expect(tasks.sorted() == Array(0..<tasks.count))
    }

    @Test func mergedPredictionsAreThoseOfOneRun() throws {
        let line = "%evaluate --method logme --method auto"
        let (one, merged) = (directory.path + "/one.csv", directory.path + "/merged.csv")
        try notebook.run("\(line) --export \(one)")
        for part in 1...3 { try notebook.run("\(line) --part \(part)/3 --out \(directory.path)/sweep") }
        try notebook.run("%merge \(directory.path)/sweep --export \(merged)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: one)) == Data(contentsOf: URL(fileURLWithPath: merged)))
        try notebook.run("%simulate --method random --part 1/1 --out \(directory.path)/other")
        #expect(
            try notebook.error("%merge \(directory.path)/other --export \(merged)").value.contains("no predictions"))
    }

    /// A table of a model's features a task: the scores and what they say do not depend on the number of parts.
    @Test(arguments: [1, 3, 8])
    func scoresInPartsAreThoseOfOneRun(count: Int) throws {
        var state: UInt64 = 7
        func value() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        let labels = directory.path + "/labels.npy"
        try NumPyFile.write((0..<60).map { Int64($0 % 3) }, to: labels)
        var line = "%score logme reg-h-score leep --labels \(labels)"
        for model in 0..<5 {
            let file = directory.path + "/model-\(model).npy"
            let rows = (0..<60).map { row in
                (0..<2 + 3 * model).map { _ in value() + Double(row % 3) / Double(model + 1) }
            }
            try NumPyFile.write(rows, to: file)
            line += " --features \(file) --model m\(model)"
        }
        let whole = try notebook.json(line)
        let folder = directory.path + "/sweep"
        for part in 1...count { try notebook.run("\(line) --part \(part)/\(count) --out \(folder)") }
        #expect(try notebook.json("%merge \(folder)") == whole)
        #expect(try TestNotebook().json("%merge \(folder)") == whole)
        // Other features are another sweep, and said so.
        try NumPyFile.write((0..<60).map { [Double($0), 1] }, to: directory.path + "/model-1.npy")
        #expect(try notebook.error("%merge \(folder)").value.contains("model-1.npy' has another content"))
    }

    /// A folder's copy of the zoo that came out as another is not what parts are merged by.
    @Test func partsAreMergedByTheZooTheyHad() throws {
        let folder = directory.path + "/sweep"
        try notebook.run("%evaluate --method logme --part 1/1 --out \(folder)")
        let records = folder + "/zoo/records.csv"
        let text = try String(contentsOfFile: records, encoding: .utf8)
        try text.replacingOccurrences(of: "model-3,alpha,0.", with: "model-3,alpha,1.").write(
            toFile: records, atomically: true, encoding: .utf8)
        #expect(try String(contentsOfFile: records, encoding: .utf8) != text)
        #expect(
            try TestNotebook().error("%merge \(folder)").value.contains("the zoo's records.csv has another content"))
        #expect(try notebook.json("%merge \(folder)") == notebook.json("%evaluate --method logme"))
    }

    @Test func aSecondRunDoesOnlyWhatIsMissing() throws {
        let folder = directory.path + "/sweep"
        let line = "%evaluate --method logme --out \(folder) --part"
        for part in 1...3 { #expect(try notebook.text("\(line) \(part)/3").contains("done")) }
        let file = try SweepFolder(folder).file(of: #require(PartNumber("2/3")))
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(try notebook.text("\(line) 2/3").contains("there already"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        // What is damaged is missing.
        try before.dropLast(3).write(to: URL(fileURLWithPath: file))
        #expect(try notebook.error("%merge \(folder)").value.contains("damaged"))
        #expect(try notebook.text("\(line) 2/3").contains("done"))
        try FileManager.default.removeItem(atPath: file)
        #expect(try notebook.error("%merge \(folder)").value.contains("1 of 3 parts are missing: 2"))
    }

    @Test func partsOfOtherInputsAreRefusedAndTheDifferenceNamed() throws {
        let folder = directory.path + "/sweep"
        try notebook.run("%evaluate --method logme --part 1/3 --out \(folder)")
        func refusal(_ line: String, _ notebook: TestNotebook) throws -> String {
            try notebook.error("\(line) --out \(folder)").value
        }
        #expect(
            try refusal("%evaluate --method logme --seed 7 --part 2/3", notebook).contains("--seed is 7, not 42"))
        #expect(try refusal("%evaluate --method logme --part 2/4", notebook).contains("in 3 parts, not in 4"))
        #expect(try refusal("%simulate --part 2/3", notebook).contains("the command is simulate, not evaluate"))
        let records = zooDirectory.path + "/records.csv"
        let text = try String(contentsOfFile: records, encoding: .utf8)
        let other = text.replacingOccurrences(of: "\"model-3\",\"alpha\",0.", with: "\"model-3\",\"alpha\",1.")
        #expect(other != text)
        try other.write(toFile: records, atomically: true, encoding: .utf8)
        let changed = TestNotebook()
        try changed.run("%zoo load \(zooDirectory.path)")
        #expect(
            try refusal("%evaluate --method logme --part 2/3", changed).contains(
                "the zoo's records.csv has another content"))
        // The part that a session without a zoo computes is of the folder's.
        let bare = TestNotebook()
        try bare.run("%evaluate --method logme --part 2/3 --out \(folder)")
        try bare.run("%evaluate --method logme --part 3/3 --out \(folder)")
        #expect(try bare.json("%merge \(folder)") == notebook.json("%evaluate --method logme"))
    }

    @Test func unlikeProcessorsMergeOnlyWhenAsked() throws {
        let folder = directory.path + "/sweep"
        for part in 1...2 { try notebook.run("%evaluate --method logme --part \(part)/2 --out \(folder)") }
        let number = try #require(PartNumber("2/2"))
        let part = try Part(contentsOf: SweepFolder(folder).file(of: number))
        let other = Part(
            number, of: part.head.sweep, tasks: part.head.tasks, records: part.records, processor: "Abacus",
            machine: "elsewhere", seconds: 1)
        try SweepFolder(folder).write(other, as: number)
        #expect(try notebook.error("%merge \(folder)").value.contains("Abacus (part 2)"))
        #expect(try notebook.json("%merge \(folder) --mixed-processors") == notebook.json("%evaluate --method logme"))
    }

    /// No option that can change a figure is left out of what a sweep is. An option that is new fails here until it is told.
    @Test func everyOptionIsPartOfWhatASweepIs() throws {
        let values = [
            "--method": "random", "--target": "alpha", "--targets": "2", "--history-ratio": "0.5",
            "--model-ratio": "0.5",
            "--seed": "7", "--dimension": "5", "--embeddings": "3", "--features": "basic", "--score-features": nil,
            "--edges": "results", "--threshold": "0.25", "--score-threshold": "0.25", "--similarity-threshold": "0.25",
            "--include-without-signal": nil, "--runs": "3", "--delta": "0.25", "--cost": "parameters",
            "--protocol": "new-both", "--exclude-trained-on": nil,
        ]
        let others: Set<String> = [
            "--threads", "--export", "--calibration", "--interactive", "--part", "--out", "--on", "--jobs",
            "--partition",
            "--time", "--gpus", "--setup", "--retries",
        ]
        let ofGraphs: Set<String> = [
            "--dimension", "--embeddings", "--features", "--score-features", "--edges", "--threshold",
            "--score-threshold", "--similarity-threshold",
        ]
        var number = 0
        for magic in [EvaluateMagic.self, SimulateMagic.self] as [any Magic.Type] {
            let declaration = try MagicDeclaration(of: magic)
            for option in declaration.options.compactMap(\.spellings.first) where !others.contains(option) {
                let value = try #require(
                    values[option], "the option \(option) of \(declaration.commandName) is not known here")
                number += 1
                let folder = directory.path + "/option-\(number)"
                let word = value.map { "\(option)=\($0)" } ?? option
                // Refused where no method uses it.
                let user = ofGraphs.contains(option) ? " --method tg:lr:n2v" : ""
                try notebook.run("%\(declaration.commandName) \(word)\(user) --part 100/100 --out \(folder)")
                let command = try plan(folder).sweep.command
                #expect(command.contains { Self.same($0, word) }, "\(word) in \(command)")
            }
        }
    }

    private static func same(_ a: String, _ b: String) -> Bool { a == b || a.hasPrefix(b + ",") }

    @Test func whatPartsCannotDoIsRefusedBeforeTheWork() throws {
        for (line, words) in [
            ("%evaluate --part 1/3", "--out is missing"), ("%evaluate --out x", "--out is for"),
            ("%evaluate --part 4/3 --out x", "'4/3'"), ("%evaluate --jobs 3", "--jobs is for --on slurm"),
            ("%evaluate --part 1/2 --on slurm --out x", "--part or --on"),
            ("%evaluate --part 1/2 --out x --calibration", "--calibration"),
            ("%evaluate --part 1/2 --out x --export y", "--export"),
            ("%evaluate --on slurm --out x --partition 'a b'", "one word"),
        ] {
            #expect(try notebook.error(line).value.contains(words), "\(line)")
        }
        #expect(try notebook.error("%merge \(directory.path)").value.contains("holds no parts"))
    }

    /// A part may be computed where its folder cannot be written to: that is told before the work.
    @Test func aFolderThatCannotBeMadeIsTold() throws {
        let file = try directory.write("", to: "file")
        #expect(try notebook.error("%evaluate --method logme --part 1/2 --out \(file)/x").name == "FileNotWritable")
    }
}
