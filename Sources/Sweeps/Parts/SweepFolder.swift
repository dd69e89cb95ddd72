import Foundation
import Support

/// The folder that a sweep's parts write to: `sweep.json`, and one file per part.
public struct SweepFolder: Sendable {
    /// Its absolute path.
    public let path: String

    public init(_ path: String) {
        let typed = LocalPath(path).text
        self.path =
            typed.hasPrefix("/")
            ? typed : URL(fileURLWithPath: typed, relativeTo: URL(fileURLWithPath: ".")).standardizedFileURL.path
    }

    public var planPath: String { path + "/sweep.json" }

    public static func name(of part: PartNumber) -> String { "part-\(part.number)-of-\(part.count).tgpart" }
    public func file(of part: PartNumber) -> String { path + "/" + Self.name(of: part) }

    /// A file beside the parts.
    public func file(_ name: String) -> String { path + "/" + name }

    // MARK: The plan

    /// The plan of the folder's sweep; `nil` if it has none yet.
    ///
    /// - Throws: `UserError` named `PartError` if `sweep.json` is something else.
    public func plan() throws(UserError) -> SweepPlan? {
        guard let data = FileManager.default.contents(atPath: planPath) else { return nil }
        guard let plan = try? JSONDecoder().decode(SweepPlan.self, from: data), plan.format == "transfergraph-sweep",
            plan.isWhole
        else {
            throw UserError(
                "PartError", "'\(planPath)' is not a sweep's description.", place: .init(file: planPath),
                hint: "Choose another folder.")
        }
        return plan
    }

    /// Makes the folder this sweep's, or checks that it is. Of several parts that begin at once one writes the plan,
    /// and all follow it.
    ///
    /// - Throws: `UserError` named `PartError` that says how the folder's sweep differs; `FileNotWritable`.
    public func begin(_ plan: SweepPlan) throws(UserError) -> SweepPlan {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw UserError(
                "FileNotWritable", "The folder '\(path)' cannot be made: \(FileFailure.reason(error)).",
                place: .init(file: path))
        }
        if try self.plan() == nil {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let data = try? encoder.encode(plan) else { return plan }
            try SweepFile.write(data, to: planPath, isExclusive: true)
        }
        guard let known = try self.plan() else {
            throw UserError(
                "FileNotWritable", "'\(planPath)' is missing after it was written.", place: .init(file: planPath))
        }
        try check(plan.sweep, against: known.sweep)
        guard known.shares.count == plan.shares.count else {
            throw UserError(
                "PartError",
                "'\(path)' holds this sweep in \(known.shares.count) parts, not in \(plan.shares.count).",
                place: .init(file: planPath), hint: "Choose another folder, or as many parts.")
        }
        return known
    }

    private func check(_ sweep: SweepDescription, against known: SweepDescription) throws(UserError) {
        let differences = sweep.differences(from: known)
        if differences.isEmpty { return }
        throw UserError(
            "PartError", "'\(path)' holds parts of another sweep: here \(differences.joined(separator: "; ")).",
            place: .init(file: planPath), hint: "Choose another folder with --out.")
    }

    // MARK: Parts

    /// Whether the part is done: its file is there and of this sweep. ``read(_:of:)`` checks the content.
    public func isDone(_ part: PartNumber, of sweep: SweepDescription) -> Bool {
        Part.head(ofFileAt: file(of: part))?.sweepHash == sweep.hash
    }

    /// Writes a part atomically.
    ///
    /// - Throws: `UserError` named `FileNotWritable`.
    public func write(_ part: Part, as number: PartNumber) throws {
        try SweepFile.write(part.encoded(), to: file(of: number))
        WholeFile.removeLeftovers(of: Self.name(of: number), in: path)
    }

    /// The parts' files in the folder, of whatever sweep, by part.
    public func partFiles() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".tgpart") && !$0.hasPrefix(".") }
            .sorted { $0.compare($1, options: .numeric) == .orderedAscending }.map(file)
    }

    /// Reads the finished parts.
    ///
    /// - Parameter asked: which; all if `nil`.
    /// - Throws: `UserError` named `PartError` for a file that is damaged, of another sweep, or with another part's
    ///   tasks.
    public func parts(of plan: SweepPlan, only asked: Set<Int>? = nil) throws -> [Part] {
        var found: [Part] = []
        for number in plan.parts where asked?.contains(number) ?? true {
            guard let place = PartNumber(number, of: plan.shares.count) else { continue }
            let path = file(of: place)
            guard FileManager.default.fileExists(atPath: path) else { continue }
            found.append(try checked(Part(contentsOf: path), path, number, plan))
        }
        return found
    }

    private func checked(_ part: Part, _ path: String, _ number: Int, _ plan: SweepPlan) throws(UserError) -> Part {
        let differences = part.head.sweep.differences(from: plan.sweep)
        if !differences.isEmpty {
            throw UserError(
                "PartError",
                "Part \(number) is of another sweep: there \(differences.joined(separator: "; ")).",
                place: .init(file: path), hint: "Remove it, and run part \(number) again.")
        }
        guard part.head.part == number, part.head.parts == plan.shares.count, part.head.tasks == plan.shares[number - 1]
        else {
            throw UserError(
                "PartError", "The file of part \(number) has other tasks than \(planPath) gives it.",
                place: .init(file: path), hint: "Remove it, and run part \(number) again.")
        }
        return part
    }

    /// All parts, for merging.
    ///
    /// - Parameter isMixed: whether parts from different processors may be merged.
    /// - Throws: `UserError` named `PartError` if any is missing or of another sweep, or if processors differ.
    public func allParts(of plan: SweepPlan, mixingProcessors isMixed: Bool) throws -> [Part] {
        let known = Set(plan.parts.compactMap { PartNumber($0, of: plan.shares.count).map(file) })
        for path in partFiles() where !known.contains(path) {
            let head = Part.head(ofFileAt: path)
            let differences = head.map { $0.sweep.differences(from: plan.sweep) } ?? ["it is not part of a sweep"]
            throw UserError(
                "PartError",
                "'\(LocalPath(path).name)' is none of the \(plan.shares.count) parts of this sweep"
                    + (differences.isEmpty ? "." : ": \(differences.joined(separator: "; "))."),
                place: .init(file: path), hint: "Remove it.")
        }
        let parts = try self.parts(of: plan)
        let there = Set(parts.map(\.head.part))
        let missing = plan.parts.filter { !there.contains($0) }
        if !missing.isEmpty {
            throw UserError(
                "PartError",
                "\(missing.count) of \(plan.parts.count) parts are missing: \(Self.ranges(missing)).",
                place: .init(file: path),
                hint:
                    "The command of each part does what is missing, such as --part \(missing[0])/\(plan.shares.count).")
        }
        let processors = Dictionary(grouping: parts, by: \.head.processor)
        if processors.count > 1, !isMixed {
            let words = processors.sorted { $0.value[0].head.part < $1.value[0].head.part }.map {
                "\($0.key) (\($0.value.count == 1 ? "part" : "parts") \(Self.ranges($0.value.map(\.head.part))))"
            }
            throw UserError(
                "PartError",
                "The parts were computed on different processors, so the last digits are not those of one run: \(words.joined(separator: ", ")).",
                place: .init(file: path), hint: "tgkernel merge --mixed-processors merges them all the same.")
        }
        return parts
    }

    /// Numbers in words: `1-3, 7`. At most a dozen groups.
    public static func ranges(_ numbers: [Int]) -> String {
        let words = NumberRanges.words(numbers)
        return words.prefix(12).joined(separator: ", ") + (words.count > 12 ? ", …" : "")
    }
}
