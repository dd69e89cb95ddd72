import ArgumentParser
import CellLanguage
import Support
import Sweeps

/// How to run a sweep other than here and at once: one part of it, or all parts on a cluster.
public struct PartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do the K-th of N parts only, and write it to --out; tgkernel merge joins the parts.", valueName: "K/N"))
    public var part: PartChoice?
    @Option(
        help: "Do all parts on a cluster: slurm. --out has to be a directory that its nodes share with this machine.")
    public var on: Cluster?
    @Option(
        help: ArgumentHelp("On a cluster: so many parts; by the estimate where it is not said.", valueName: "count"))
    public var jobs: Int?
    @Option(
        help: ArgumentHelp("On a cluster: the partition; its usual one where it is not said.", valueName: "partition"))
    public var partition: String?
    @Option(
        help: ArgumentHelp(
            "On a cluster: the most time that a part takes, as Slurm reads it: 2:00:00.", valueName: "time"))
    public var time: String?
    @Option(help: ArgumentHelp("On a cluster: so many GPUs for each part.", valueName: "count"))
    public var gpus: Int?
    @Option(
        help: ArgumentHelp(
            "On a cluster: a file of shell lines that each part runs first, such as module load.", valueName: "file"))
    public var setup: String?
    @Option(
        help: ArgumentHelp("On a cluster: how often a part that failed is submitted again.", valueName: "count"))
    public var retries: Int = 2

    public enum Cluster: String, ExpressibleByArgument, CaseIterable, Sendable { case slurm }

    public init() {}

    /// Whether any of these was asked for.
    var isAsked: Bool { part != nil || on != nil }

    public mutating func validate() throws {
        if part != nil, on != nil { throw ValidationError("Give --part or --on.") }
        if on == nil {
            let given = [
                ("--jobs", jobs != nil), ("--partition", partition != nil), ("--time", time != nil),
                ("--gpus", gpus != nil), ("--setup", setup != nil), ("--retries", retries != 2),
            ]
            if let (name, _) = given.first(where: \.1) { throw ValidationError("\(name) is for --on slurm.") }
        }
        if let jobs, !(1...PartNumber.most).contains(jobs) {
            throw ValidationError("--jobs takes a count from 1 to \(PartNumber.most).")
        }
        if let gpus, !(1...1024).contains(gpus) { throw ValidationError("--gpus takes a count from 1 to 1024.") }
        if !(0...100).contains(retries) { throw ValidationError("--retries takes a count from 0 to 100.") }
        // They become lines of a script.
        for (name, text) in [("--partition", partition), ("--time", time)] {
            guard let text else { continue }
            if text.isEmpty || text.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 32 }) {
                throw ValidationError("\(name) takes one word.")
            }
        }
    }

    /// Rejects options that make no sense for parts.
    func check(out: String?) throws {
        if isAsked, out == nil { throw ValidationError("--out is missing: the directory that parts are written to.") }
        if !isAsked, out != nil { throw ValidationError("--out is for --part and --on.") }
    }
}

/// A part in the form of `--part`.
public struct PartChoice: ExpressibleByArgument, Sendable {
    let number: PartNumber

    public init?(argument: String) {
        guard let number = PartNumber(argument) else { return nil }
        self.number = number
    }
}
