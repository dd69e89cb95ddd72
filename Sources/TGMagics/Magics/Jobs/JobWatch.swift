import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import Sweeps
import TransferGraphCore

/// Waits for a sweep on the cluster, shows its progress, and merges it.
final class JobWatch {
    private let run: SlurmRun
    private let sweep: any Sweep
    private let invocation: Invocation
    private var context: any ExecutionContext { invocation.context }

    private var display: String?
    private var lastPicture: DisplayData?
    /// The results of finished parts, by task, and which parts these are.
    private var records: [Int: [UInt8]] = [:]
    private var read: Set<Int> = []
    private var partSeconds: [Int: Double] = [:]
    private var soFar: [(name: String, figure: String)] = []
    private var nextFigures = ContinuousClock.now

    private static let interval = Duration.seconds(1)

    init(_ run: SlurmRun, sweep: any Sweep, in invocation: Invocation) {
        self.run = run
        self.sweep = sweep
        self.invocation = invocation
    }

    /// The merged value, once all parts are done.
    /// Throws: `UserError` named `PartsFailed` with the log's end if parts failed for good, `JobsCancelled` if they
    /// were cancelled, `KeyboardInterrupt` after an interrupt; as ``SlurmRun/look(submittingAgain:isCancelled:)``.
    func value() throws -> any SessionValue {
        context.catchInterrupts()
        var last = SlurmRun.Snapshot()
        do {
            while true {
                last = try run.look(submittingAgain: true, isCancelled: { self.context.isInterrupted })
                try readParts(last.done)
                show(last)
                if last.isOver { break }
                let start = ContinuousClock.now
                while ContinuousClock.now - start < Self.interval {
                    if context.isInterrupted { throw Cancelled() }
                    usleep(20_000)
                }
            }
        } catch is Cancelled {
            throw try interrupted(last)
        }
        if !last.failed.isEmpty { throw failure(last) }
        if !last.cancelled.isEmpty {
            throw UserError(
                "JobsCancelled",
                "\(last.cancelled.count) of \(run.plan.parts.count) parts were cancelled: \(SweepFolder.ranges(last.cancelled)). \(last.done.count) are done and stay.",
                place: .init(file: run.folder.path), hint: "The same line does the others.")
        }
        let merging = Merging(sweep, plan: run.plan, folder: run.folder)
        return try invocation.withProgress("Merging") { work in try merging.value(mixingProcessors: false, work: work) }
    }

    // MARK: Endings

    private func interrupted(_ last: SlurmRun.Snapshot) throws -> UserError {
        context.forgetInterrupt()
        let open = run.plan.parts.count - last.done.count
        let answer =
            (try? context.ask(
                "Cancel the \(open) part\(open == 1 ? "" : "s") that wait or run on the cluster too? [y/N] ",
                password: false)) ?? ""
        let place = Word.quoting(run.folder.path)
        guard ["y", "yes"].contains(answer.trimmed.lowercased()) else {
            return UserError(
                "KeyboardInterrupt", "Interrupted. The parts go on without this session.",
                hint: "%jobs attach \(place) shows them again, %jobs cancel \(place) cancels them.")
        }
        try run.cancel()
        return UserError(
            "KeyboardInterrupt",
            "Interrupted, and cancelled. \(last.done.count) of \(run.plan.parts.count) parts are done and stay.",
            hint: "The same line does the others.")
    }

    private func failure(_ last: SlurmRun.Snapshot) -> UserError {
        let first = last.failed[0]
        var reason = ""
        if case .failed(let why, _)? = last.states[first] { reason = why }
        let attempts = run.job.attempts(first)
        var message =
            "\(last.failed.count) of \(run.plan.parts.count) parts failed: \(SweepFolder.ranges(last.failed)). Part \(first): \(reason)\(attempts > 1 ? ", \(attempts) times" : ""). \(last.done.count) are done and stay."
        if let tail = run.logTail(of: first) {
            message += "\nThe end of its log:\n" + tail.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        } else {
            message += " It left no log."
        }
        return UserError(
            "PartsFailed", message, place: .init(file: run.logPath(of: first)),
            hint:
                "The same line does what is missing again\(reason == QueuedTask.words(for: "TO") ? ", with a longer --time or, in another folder, more --jobs" : "")."
        )
    }

    // MARK: Finished parts

    private func readParts(_ done: [Int]) throws {
        let new = Set(done).subtracting(read)
        guard !new.isEmpty else { return }
        for part in try run.folder.parts(of: run.plan, only: new) {
            records.merge(Merging.records([part])) { $1 }
            partSeconds[part.head.part] = part.head.seconds
            read.insert(part.head.part)
        }
        // Slow figures are computed rarely.
        let start = ContinuousClock.now
        guard start >= nextFigures, read.count < run.plan.parts.count else { return }
        let context = context
        soFar =
            (try? sweep.soFar(records, work: Work(isCancelled: { context.isInterrupted }, report: { _, _ in })))
            ?? soFar
        nextFigures = .now + (ContinuousClock.now - start) * 10
    }

    /// The time left at the present rate, in seconds; `nil` while no part is done.
    private func timeLeft(_ now: SlurmRun.Snapshot) -> Double? {
        let weights = sweep.weights
        func weight(_ part: Int) -> Double { run.plan.shares[part - 1].reduce(0) { $0 + weights[$1] } }
        let known = partSeconds.reduce((seconds: 0.0, weight: 0.0)) {
            ($0.seconds + $1.value, $0.weight + weight($1.key))
        }
        guard known.weight > 0, now.running > 0 else { return nil }
        let rest = run.plan.parts.filter { now.states[$0] != .done }.reduce(0) { $0 + weight($1) }
        return known.seconds / known.weight * rest / Double(now.running)
    }

    // MARK: The display

    private func show(_ now: SlurmRun.Snapshot) {
        let picture = picture(now)
        if let display {
            if picture != lastPicture { context.update(picture, id: display) }
        } else {
            let id = "jobs-\(UInt64.random(in: .min ... .max))"
            display = id
            context.display(picture, id: id)
        }
        lastPicture = picture
    }

    private func picture(_ now: SlurmRun.Snapshot) -> DisplayData {
        let total = run.plan.parts.count
        var counts = "\(now.done.count) of \(total) parts done, \(now.running) running, \(now.waiting) waiting"
        if !now.failed.isEmpty { counts += ", \(now.failed.count) failed" }
        if !now.cancelled.isEmpty { counts += ", \(now.cancelled.count) cancelled" }
        if now.retried > 0 { counts += ", \(now.retried) submitted again" }
        if let left = timeLeft(now), !now.isOver { counts += "; about \(DurationText.about(left)) left" }
        var notes: [String] = []
        if let silence = now.silence {
            notes.append(
                "Slurm's controller has not answered for \(Int(silence)) s. Running parts continue; this waits for it.")
        }
        let states = run.plan.parts.compactMap { part -> [Table.Cell]? in
            guard let state = now.states[part], state != .done else { return nil }
            return switch state {
            case .done: nil
            case .running(let node): [.integer(part), .text("running"), .text(node)]
            case .waiting(let reason): [.integer(part), .text("waiting"), .text(reason)]
            case .failed(let reason, _): [.integer(part), .text("failed"), .text(reason)]
            case .cancelled: [.integer(part), .text("cancelled"), .missing]
            }
        }
        let rank = ["failed": 0, "running": 1, "cancelled": 2, "waiting": 3]
        let sorted = states.enumerated().sorted { a, b in
            let (x, y) = (rank[a.element[1].formatted(.figures)] ?? 9, rank[b.element[1].formatted(.figures)] ?? 9)
            return (x, a.offset) < (y, b.offset)
        }.map(\.element)
        let figures = soFar.isEmpty ? "" : soFar.map { "\($0.name) \($0.figure)" }.joined(separator: ", ")
        if !soFar.isEmpty, !now.isOver { notes.append("So far, on the tasks of \(read.count) parts: \(figures).") }
        let table = Table(
            title: counts, columns: [.number("part", .count), .init("state"), .init("where, or why")],
            rows: Array(sorted.prefix(12)), total: sorted.count, notes: notes)
        let share = Double(now.done.count) / Double(max(total, 1))
        let bar = """
            <div style="width:260px;height:8px;border-radius:4px;background:rgba(128,128,128,0.3)">\
            <div style="width:\(Int(share * 100))%;height:8px;border-radius:4px;background:#2f7fd1"></div></div>
            """
        // A terminal shows only the first line: what matters is there.
        var line = counts
        if let silence = now.silence { line += "; Slurm has not answered for \(Int(silence)) s" }
        if !soFar.isEmpty, !now.isOver { line += "; so far \(figures)" }
        return DisplayData(data: [
            "text/plain": .string(line),
            "text/html": .string(bar + (sorted.isEmpty && notes.isEmpty ? "<p>\(counts.htmlEscaped)</p>" : table.html)),
        ])
    }
}
