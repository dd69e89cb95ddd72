import CellLanguage
import Foundation
import Sweeps
import TransferGraphCore

/// Runs a sweep other than here and at once.
struct PartRunner {
    let sweep: any Sweep
    let options: PartOptions
    let folder: SweepFolder
    let invocation: Invocation

    init(_ sweep: any Sweep, _ options: PartOptions, out: String, in invocation: Invocation) {
        self.sweep = sweep
        self.options = options
        folder = SweepFolder(out)
        self.invocation = invocation
    }

    /// Runs the part that was asked for, or all of them on the cluster.
    ///
    /// - Parameters:
    ///   - threads: the cores of each part on the cluster.
    ///   - finish: what to do with the merged value.
    func run(threads: Int?, finish: (any SessionValue) throws -> MagicResult) throws -> MagicResult {
        if let part = options.part { return MagicResult(try run(part.number)) }
        return try finish(try onCluster(threads: threads))
    }

    // MARK: One part

    private func run(_ part: PartNumber) throws -> PartValue {
        let plan = try folder.begin(SweepPlan(sweep.description, weights: sweep.weights, parts: part.count))
        try sweep.zoo?.keep(in: folder)
        let tasks = plan.shares[part.number - 1]
        let file = folder.file(of: part)
        func value(_ state: PartValue.State, seconds: Double) -> PartValue {
            PartValue(
                command: sweep.description.command[0], part: part, tasks: tasks.count, of: sweep.description.tasks,
                state: state, seconds: seconds, file: file)
        }
        if tasks.isEmpty { return value(.empty, seconds: 0) }
        if folder.isDone(part, of: sweep.description), let known = try? Part(contentsOf: file),
            known.head.tasks == tasks, !sweep.wantsAgain(known.records)
        {
            return value(.there, seconds: known.head.seconds)
        }
        // Checked before the work: a full disk or missing permission is reported now.
        try SweepFile.write([], to: file + ".begun")
        defer { unlink(file + ".begun") }
        let started = ContinuousClock.now
        let records = try invocation.withProgress("Part \(part)") { work in
            try sweep.compute(tasks, in: PartPlace(folder: folder, part: part), work: work)
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let done = Part(
            part, of: sweep.description, tasks: tasks, records: records, processor: ProcessorKind.name,
            machine: Self.machine, seconds: seconds)
        try folder.write(done, as: part)
        return value(.done, seconds: seconds)
    }

    /// The node's name in Slurm, else the machine's.
    private static var machine: String {
        if let node = ProcessInfo.processInfo.environment["SLURMD_NODENAME"], !node.isEmpty { return node }
        return ProcessInfo.processInfo.hostName
    }

    // MARK: All parts

    private func onCluster(threads: Int?) throws -> any SessionValue {
        // A sweep that has begun keeps its parts.
        let count = try options.jobs ?? folder.plan()?.shares.count ?? estimatedCount(cores: threads ?? 1)
        let plan = try folder.begin(SweepPlan(sweep.description, weights: sweep.weights, parts: count))
        try sweep.zoo?.keep(in: folder)
        if let zoo = sweep.zoo, !(try zoo.isKeptUnchanged(in: folder)) {
            throw UserError(
                "ZooNotKept", "The zoo '\(zoo.zoo.name)' cannot be written so that the parts read the same one.",
                place: .init(file: folder.path),
                hint:
                    "Load it from its files in each part: tgkernel \(sweep.description.command[0]) --zoo … --part K/N --out DIR."
            )
        }
        if let setup = options.setup {
            guard let text = FileManager.default.contents(atPath: LocalPath(setup).text) else {
                throw UserError("FileNotFound", "There is no file '\(setup)'.", place: .init(file: setup))
            }
            try SweepFile.write(text, to: folder.file("setup.sh"))
        } else {
            unlink(folder.file("setup.sh"))
        }
        let cores = threads ?? 1
        var command = [Self.program] + sweep.description.command
        command += ["--threads=\(cores)"]
        let script = SlurmScript(
            command: command, folder: folder, parts: plan.parts, count: plan.shares.count,
            wishes: .init(partition: options.partition, time: options.time, gpus: options.gpus, cores: cores),
            hasSetup: options.setup != nil)
        let run = try SlurmRun.submit(plan, in: folder, script: script, retries: options.retries)
        JobList.add(folder.path)
        if run.job.submissions.isEmpty {
            invocation.context.write("All parts are done already.\n", to: .stdout)
        } else {
            let parts = run.job.submissions.flatMap(\.parts).count
            let time =
                sweep.seconds.map {
                    ", about \(DurationText.about($0 / Double(max(plan.parts.count, 1)) / Double(cores))) each by the estimate"
                } ?? ""
            invocation.context.write(
                "Submitted \(parts) of \(plan.parts.count) parts\(time). %jobs attach \(Word.quoting(folder.path)) shows them again.\n",
                to: .stdout)
        }
        return try JobWatch(run, sweep: sweep, in: invocation).value()
    }

    /// As many parts as take about a minute or more each, judging by a trial task here; no more than there are tasks.
    private func estimatedCount(cores: Int) throws -> Int {
        let tasks = sweep.description.tasks
        let weights = sweep.weights
        let mean = weights.reduce(0, +) / Double(max(tasks, 1))
        guard let typical = weights.indices.min(by: { abs(weights[$0] - mean) < abs(weights[$1] - mean) }),
            let place = PartNumber(1, of: 1)
        else { return 1 }
        let context = invocation.context
        let started = ContinuousClock.now
        let patience = Self.patience
        var words: String
        var seconds: Double
        do {
            seconds = try invocation.withProgress("Trying one of \(tasks)") { work in
                try sweep.trial(
                    of: typical, in: PartPlace(folder: folder, part: place),
                    work: Work(
                        isCancelled: { work.isCancelled() || ContinuousClock.now - started > patience },
                        report: work.report))
            }
            words = "One of the \(tasks) took \(DurationText.about(seconds)) here"
            seconds *= mean / max(weights[typical], .leastNormalMagnitude)
        } catch is Cancelled {
            if context.isInterrupted { throw Cancelled() }
            // The trial is stopped, and all that is known is that it takes longer.
            seconds = max(sweep.seconds.map { $0 / Double(max(tasks, 1)) } ?? 0, patience / .seconds(1))
            words =
                "One of the \(tasks) takes more than \(DurationText.about(patience / .seconds(1))) here, about \(DurationText.about(seconds)) by the estimate"
        } catch let error as UserError {
            let count = max(1, min(tasks, 64))
            invocation.context.write(
                "How long one takes is not known: \(error.message) So \(count) parts.\n", to: .stdout)
            return count
        }
        let whole = seconds * Double(tasks)
        let count = max(1, min(tasks, 1000, Int(whole / 60)))
        let parts = count == 1 ? "1 part" : "\(count) parts of about \(DurationText.about(whole / Double(count)))"
        invocation.context.write(
            "\(words): all take about \(DurationText.about(whole)) on one core. So \(parts).\n", to: .stdout)
        return count
    }

    /// The time limit of the trial.
    private static let patience = Duration.seconds(20)

    /// The path of this program.
    static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}
