import CellLanguage
import Presentation
import Sweeps
import TransferGraphCore

/// A simulated search in parts: a task is a target with a seed.
struct SimulationSweep: Sweep {
    let description: SweepDescription
    let zoo: SweepZoo?
    private let ownZoo: Zoo
    private let replay: SearchReplay
    private let costs: (name: String, unknown: Int)?
    private let tasks: [(seed: UInt64, target: Int)]

    init(_ zoo: SweepZoo, replay: SearchReplay, costs: (name: String, unknown: Int)?, command: [String]) throws {
        self.zoo = zoo
        ownZoo = zoo.zoo
        self.replay = replay
        self.costs = costs
        tasks = try replay.tasks(of: zoo.zoo)
        description = SweepDescription(command, on: zoo, tasks: tasks.count)
    }

    var seconds: Double? { nil }

    /// Each step of a search looks at every remaining model.
    var weights: [Double] { tasks.map { 20 + Double(ownZoo.results.column($0.target).count) } }

    func compute(_ chosen: [Int], in place: PartPlace, work: Work) throws -> [[UInt8]] {
        try replay.traces(of: chosen.map { tasks[$0] }, in: ownZoo, work: work).map(bytes)
    }

    private func bytes(_ traces: [SearchReplay.Trace]) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(traces) { writer, trace in
            writer.put(trace.strategy.name)
            writer.put(Int64(trace.models))
            writer.put(trace.tried) { $0.put(Int64($1)) }
            writer.put(trace.regret) { $0.put($1) }
            writer.put(trace.cost) { $0.put($1) }
            writer.put(trace.stop) { $0.put(Int64($1)) }
            writer.put(trace.stopWasWrong) { $0.put($1) }
            writer.put(trace.accuracy) { writer, accuracy in
                writer.put(accuracy.error)
                writer.put(accuracy.rangeError)
                writer.put(accuracy.coverage)
            }
        }
        return writer.bytes
    }

    private func traces(_ bytes: [UInt8], task: Int) throws(ByteReader.Failure) -> [SearchReplay.Trace] {
        typealias Failure = ByteReader.Failure
        let (seed, target) = tasks[task]
        func whole(_ reader: inout ByteReader) throws(Failure) -> Int { Int(try reader.integer(Int64.self)) }
        func number(_ reader: inout ByteReader) throws(Failure) -> Double { try reader.number() }
        var reader = ByteReader(bytes)
        let traces = try reader.array { reader throws(Failure) -> SearchReplay.Trace in
            SearchReplay.Trace(
                strategy: SearchStrategy(try reader.text()), target: target, seed: seed, models: try whole(&reader),
                tried: try reader.array(whole), regret: try reader.array(number), cost: try reader.array(number),
                stop: try reader.optional(whole),
                stopWasWrong: try reader.optional { reader throws(Failure) -> Bool in try reader.truth() },
                accuracy: try reader.optional { reader throws(Failure) -> SearchReplay.Accuracy in
                    SearchReplay.Accuracy(
                        error: try reader.number(), rangeError: try reader.number(), coverage: try reader.number())
                })
        }
        guard reader.isAtEnd, traces.map(\.strategy) == replay.strategies,
            traces.allSatisfy({ $0.regret.count == replay.runs && $0.cost.count == replay.runs })
        else { throw Failure() }
        return traces
    }

    private func outcome(_ records: [Int: [UInt8]]) throws -> SearchOutcome {
        var found: [(seed: UInt64, target: Int, traces: [SearchReplay.Trace])] = []
        for task in records.keys.sorted() {
            found.append((tasks[task].seed, tasks[task].target, try traces(records[task] ?? [], task: task)))
        }
        return try replay.outcome(of: found, in: ownZoo)
    }

    func value(of records: [Int: [UInt8]], in place: MergePlace, work: Work) throws -> any SessionValue {
        SimulationValue(try outcome(records), costs: costs)
    }

    func soFar(_ records: [Int: [UInt8]], work: Work) throws -> [(name: String, figure: String)] {
        let outcome = try outcome(records)
        guard !outcome.targets.isEmpty else { return [] }
        return outcome.summaries().map { summary in
            let format = NumberFormat.figures
            let range = summary.intervals.last.flatMap(\.self).map {
                " [\(format.text($0.lower)), \(format.text($0.upper))]"
            }
            return (summary.strategy.name, "regret \(format.text(summary.regret.last ?? .nan))\(range ?? "")")
        }
    }
}

extension SimulateMagic: SweepMagic {
    func sweep(on zoo: () throws -> SweepZoo) throws -> any Sweep {
        let zoo = try zoo()
        let (replay, costs) = try replay(on: zoo.zoo)
        var words = ["simulate"] + target.map { "--target=\($0)" }
        if let targets { words.append("--targets=\(targets)") }
        words.append("--runs=\(runs)")
        words += replay.strategies.map { "--method=\($0.name)" }
        words += seed.map { "--seed=\($0)" }
        words += ["--history-ratio=\(historyRatio)", "--delta=\(delta.share)"]
        if let cost { words.append("--cost=\(cost)") }
        return try SimulationSweep(zoo, replay: replay, costs: costs, command: words + options.words)
    }
}
