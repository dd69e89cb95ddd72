import Foundation
import Support
import Sweeps
import TestSupport
import Testing

struct PartFileTests {
    private let directory: TemporaryDirectory
    private let sweep = SweepDescription(
        command: ["evaluate", "--method=auto", "--seed=1", "--seed=2"],
        inputs: [.init("the zoo's records.csv", hash: "aa"), .init("the zoo's models.csv", hash: "bb")],
        version: "1.0", tasks: 5)

    init() throws { directory = try TemporaryDirectory() }

    private func part(_ number: Int, of plan: SweepPlan, processor: String = "Zen") throws -> Part {
        let place = try #require(PartNumber(number, of: plan.shares.count))
        let tasks = plan.shares[number - 1]
        return Part(
            place, of: plan.sweep, tasks: tasks, records: tasks.map { [UInt8](repeating: UInt8($0), count: $0) },
            processor: processor, machine: "here", seconds: 1)
    }

    private func write(_ part: Part, in folder: SweepFolder) throws {
        try folder.write(part, as: try #require(part.number))
    }

    /// The digests of FIPS 180-4's examples.
    @Test func hashesAreThoseOfTheStandard() {
        #expect(
            SHA256.hexadecimal(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hexadecimal(of: [UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func valuesComeBackBitByBitAndNoBeginningOfThemIsTaken() throws {
        let numbers: [Double?] = [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, nil, 0.1]
        var writer = ByteWriter()
        writer.put(numbers) { writer, value in writer.put(value) { $0.put($1) } }
        writer.put("größer\0")
        writer.put(Int64.min)
        func read(_ bytes: [UInt8]) throws -> ([Double?], String, Int64, Bool) {
            var reader = ByteReader(bytes)
            return (
                try reader.array { reader throws(ByteReader.Failure) -> Double? in
                    try reader.optional { reader throws(ByteReader.Failure) -> Double in try reader.number() }
                }, try reader.text(), try reader.integer(), reader.isAtEnd
            )
        }
        let (back, text, least, isAtEnd) = try read(writer.bytes)
        #expect(back.map { $0?.bitPattern } == numbers.map { $0?.bitPattern })
        #expect(text == "größer\0" && least == .min && isAtEnd)
        for count in 0..<writer.bytes.count {
            #expect(throws: ByteReader.Failure.self) { try read(Array(writer.bytes.prefix(count))) }
        }
    }

    @Test func aPartIsReadAsWrittenAndNoOtherwise() throws {
        let folder = SweepFolder(directory.path + "/sweep")
        let plan = try folder.begin(SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 2))
        let part = try part(1, of: plan)
        try write(part, in: folder)
        let path = folder.file(of: try #require(part.number))
        #expect(try Part(contentsOf: path).records == part.records)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        // Cut anywhere or changed anywhere behind the first line, it is refused.
        let head = try #require(bytes.firstIndex(of: 10))
        for place in 0..<bytes.count {
            let other = directory.path + "/other"
            try bytes.prefix(place).write(to: URL(fileURLWithPath: other))
            #expect(throws: UserError.self) { try Part(contentsOf: other) }
            guard place > head else { continue }
            var changed = bytes
            changed[place] ^= 1
            try changed.write(to: URL(fileURLWithPath: other))
            #expect(throws: UserError.self) { try Part(contentsOf: other) }
        }
    }

    @Test func differencesAreNamed() {
        let other = SweepDescription(
            command: ["evaluate", "--method=auto", "--seed=3", "--score-features"],
            inputs: [.init("the zoo's records.csv", hash: "cc"), .init("the zoo's scores.csv", hash: "dd")],
            version: "1.1", tasks: 5)
        #expect(
            sweep.differences(from: other) == [
                "the program's version is 1.0, not 1.1", "--seed is 1 2, not 3",
                "--score-features is left out, not given",
                "the zoo's records.csv has another content", "the zoo's models.csv is new",
                "the zoo's scores.csv is missing",
            ])
        #expect(sweep.differences(from: sweep).isEmpty)
    }

    @Test func mergingWantsEachPartOnceAndOfThisSweep() throws {
        let folder = SweepFolder(directory.path + "/sweep")
        let plan = try folder.begin(SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 3))
        func error() throws -> UserError {
            try #require(throws: UserError.self) { try folder.allParts(of: plan, mixingProcessors: false) }
        }
        try write(part(1, of: plan), in: folder)
        #expect(try error().message == "2 of 3 parts are missing: 2-3.")
        try write(part(2, of: plan), in: folder)
        try write(part(3, of: plan, processor: "Haswell"), in: folder)
        #expect(try error().message.contains("Zen (parts 1-2), Haswell (part 3)"))
        #expect(try folder.allParts(of: plan, mixingProcessors: true).count == 3)
        // A part of another sweep under the right name, and one more part than there are.
        let stranger = SweepDescription(
            command: ["evaluate", "--method=auto", "--seed=7", "--seed=2"], inputs: sweep.inputs, version: "1.0",
            tasks: 5)
        try write(part(3, of: SweepPlan(stranger, weights: [1, 1, 1, 1, 1], parts: 3)), in: folder)
        #expect(try error().message.contains("Part 3 is of another sweep: there --seed is 7 2, not 1 2"))
        try write(part(3, of: plan), in: folder)
        #expect(try folder.allParts(of: plan, mixingProcessors: false).count == 3)
        try write(part(2, of: SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 4)), in: folder)
        #expect(try error().message.contains("'part-2-of-4.tgpart' is none of the 3 parts"))
    }

    @Test func aFolderIsOfOneSweepAndOneNumberOfParts() throws {
        let folder = SweepFolder(directory.path + "/sweep")
        let plan = SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 3)
        #expect(try folder.begin(plan) == plan)
        #expect(
            try folder.begin(SweepPlan(sweep, weights: [9, 1, 1, 1, 1], parts: 3)) == plan, "the first one's shares")
        let more = try #require(throws: UserError.self) {
            try folder.begin(SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 4))
        }
        #expect(more.message.contains("in 3 parts, not in 4"))
        let other = SweepDescription(command: sweep.command, inputs: sweep.inputs, version: "2.0", tasks: 5)
        let newer = try #require(throws: UserError.self) {
            try folder.begin(SweepPlan(other, weights: [1, 1, 1, 1, 1], parts: 3))
        }
        #expect(newer.message.contains("the program's version is 2.0, not 1.0"))
    }

    /// Files from before they named the version of their layout had everything else as it is now.
    @Test func filesWithoutAVersionAreReadAndThoseOfALaterOneRefused() throws {
        let folder = SweepFolder(directory.path + "/sweep")
        let plan = try folder.begin(SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 2))
        for number in plan.parts { try write(part(number, of: plan), in: folder) }
        try SlurmJob(retries: 3).save(in: folder)
        let first = folder.file(of: try #require(PartNumber(1, of: 2)))
        let files = [folder.planPath, SlurmJob.path(in: folder), first]
        func rewrite(_ path: String, _ version: String) throws {
            // What follows a part's first line is no text.
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let end = bytes.firstIndex(of: 10).flatMap { path == first ? $0 : nil } ?? bytes.endIndex
            let line = String(decoding: bytes[..<end], as: UTF8.self)
            let other = line.replacing(/,\s*"version" ?: ?1/) { _ in version.isEmpty ? "" : ",\"version\":\(version)" }
            #expect(other != line)
            bytes.replaceSubrange(..<end, with: other.utf8)
            try bytes.write(to: URL(fileURLWithPath: path))
        }
        let written = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        for path in files { try rewrite(path, "") }
        let old = try #require(try folder.plan())
        #expect(old.shares == plan.shares && old.sweep == plan.sweep)
        #expect(try SlurmJob(in: folder)?.retries == 3)
        #expect(try folder.allParts(of: old, mixingProcessors: false).map(\.records.count) == plan.shares.map(\.count))
        #expect(folder.isDone(try #require(PartNumber(1, of: 2)), of: sweep))
        // The same sweep goes on in it.
        #expect(try folder.begin(SweepPlan(sweep, weights: [1, 1, 1, 1, 1], parts: 2)).shares == plan.shares)
        for (path, bytes) in zip(files, written) {
            try bytes.write(to: URL(fileURLWithPath: path))
            try rewrite(path, "2")
            let later = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = try #require(throws: UserError.self) {
                guard let plan = try folder.plan() else { return }
                _ = try SlurmJob(in: folder)
                _ = try folder.allParts(of: plan, mixingProcessors: false)
            }
            #expect(error.message.contains("later version") && error.message.contains(path))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == later)
            try bytes.write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func aFileThatIsThereStaysWhereThatIsAsked() throws {
        let path = directory.path + "/file"
        #expect(try SweepFile.write("one".utf8, to: path, isExclusive: true))
        #expect(try !SweepFile.write("two".utf8, to: path, isExclusive: true))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
        #expect(try SweepFile.write("two".utf8, to: path))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["file"])
        let error = try #require(throws: UserError.self) { try SweepFile.write("x".utf8, to: path + "/inside") }
        #expect(error.name == "FileNotWritable")
    }
}
