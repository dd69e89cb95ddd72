import CellLanguage
import JupyterKernel
import Sweeps
import TransferGraphCore

/// Work that can be done in parts: independent tasks, and how to combine their results.
protocol Sweep: Sendable {
    /// What identifies it; two sweeps with equal descriptions compute the same.
    var description: SweepDescription { get }
    /// About how long each task takes relative to the others, in any unit.
    var weights: [Double] { get }
    /// About how long all of it takes on one core; `nil` if unknown.
    var seconds: Double? { get }
    /// The zoo that it works on; `nil` if it needs none.
    var zoo: SweepZoo? { get }

    /// Runs some tasks.
    ///
    /// - Parameter place: where a part may keep files of its own.
    /// - Returns: the result of each, as bytes that ``value(of:in:work:)`` reads.
    func compute(_ tasks: [Int], in place: PartPlace, work: Work) throws -> [[UInt8]]

    /// About how long a task takes here on one core, in seconds: found by running it, or a little of it.
    func trial(of task: Int, in place: PartPlace, work: Work) throws -> Double

    /// The value of the finished tasks: what one run gives, if they are all.
    ///
    /// - Throws: `ByteReader.Failure` for bytes that are not its own.
    func value(of records: [Int: [UInt8]], in place: MergePlace, work: Work) throws -> any SessionValue

    /// The figures of the finished tasks, one per line, for whoever waits for the others; empty if they mean nothing
    /// yet.
    func soFar(_ records: [Int: [UInt8]], work: Work) throws -> [(name: String, figure: String)]

    /// Whether a finished part must be repeated all the same, as with models that failed.
    func wantsAgain(_ records: [[UInt8]]) -> Bool
}

extension Sweep {
    func soFar(_ records: [Int: [UInt8]], work: Work) throws -> [(name: String, figure: String)] { [] }
    func wantsAgain(_ records: [[UInt8]]) -> Bool { false }

    func trial(of task: Int, in place: PartPlace, work: Work) throws -> Double {
        let start = ContinuousClock.now
        _ = try compute([task], in: place, work: work)
        return (ContinuousClock.now - start) / .seconds(1)
    }
}

/// Where a part is computed.
struct PartPlace: Sendable {
    let folder: SweepFolder
    let part: PartNumber
}

/// Where parts are merged.
struct MergePlace: Sendable {
    let folder: SweepFolder
    let plan: SweepPlan
}

/// A command that can be run in parts.
protocol SweepMagic: Magic {
    /// The sweep that it would run.
    ///
    /// - Parameter zoo: the zoo to work on, called only if one is needed.
    func sweep(on zoo: () throws -> SweepZoo) throws -> any Sweep
}

extension SweepDescription {
    /// The description of a command on a zoo.
    ///
    /// - Parameter others: what it reads besides the zoo.
    init(
        _ command: [String], on zoo: SweepZoo?, others: [Input] = [], tasks: Int
    ) {
        self.init(
            command: command, inputs: (zoo?.inputs ?? []) + others, version: InterpreterInfo.version, tasks: tasks)
    }
}
