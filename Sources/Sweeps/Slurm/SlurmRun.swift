import Foundation
import Support

/// A sweep on a Slurm cluster: submits it, polls its progress, resubmits what failed, cancels it.
///
/// The folder alone holds the state, so any number of sessions may watch, one after the other or at once; only the one
/// that holds the folder's lock resubmits.
public final class SlurmRun {
    /// The progress at one moment.
    public struct Snapshot: Sendable {
        public var states: [Int: PartState] = [:]
        /// How many parts were submitted more than once.
        public var retried = 0
        /// How long the controller has not answered, in seconds; `nil` if it has.
        public var silence: Double?

        /// Nothing is known yet.
        public init() {}

        public func count(_ isWanted: (PartState) -> Bool) -> Int { states.values.count(where: isWanted) }
        public var done: [Int] { states.filter { $0.value == .done }.keys.sorted() }
        public var failed: [Int] {
            states.filter { if case .failed = $0.value { true } else { false } }.keys.sorted()
        }
        public var cancelled: [Int] { states.filter { $0.value == .cancelled }.keys.sorted() }
        public var running: Int { count { if case .running = $0 { true } else { false } } }
        public var waiting: Int { count { if case .waiting = $0 { true } else { false } } }
        /// Whether nothing will change any more.
        public var isOver: Bool { running + waiting == 0 }
    }

    public let folder: SweepFolder
    public let plan: SweepPlan
    public private(set) var job: SlurmJob
    private let client: SlurmClient
    private let lock: Int32
    private var done: Set<Int> = []
    /// When a part unknown to the queue was first seen without a file.
    private var missingSince: [Int: ContinuousClock.Instant] = [:]
    private var lastStates: [Int: PartState] = [:]
    private var silentSince: ContinuousClock.Instant?
    private var hasSeenFolderCheck = false

    /// How long a file may take to appear on another machine: the caches of network file systems.
    private static let visibility = Duration.seconds(6)

    private init(folder: SweepFolder, plan: SweepPlan, job: SlurmJob, client: SlurmClient) {
        self.folder = folder
        self.plan = plan
        self.job = job
        self.client = client
        lock = open(folder.file(".lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    }

    deinit { if lock >= 0 { close(lock) } }

    // MARK: Submission

    /// Writes the script and submits the unfinished parts, to run after a small job that checks whether a node sees the
    /// folder.
    ///
    /// - Throws: `UserError` named `AlreadySubmitted` if parts are in the queue; `SubmissionError`, `SlurmNotFound`,
    ///   `FileNotWritable`.
    public static func submit(
        _ plan: SweepPlan, in folder: SweepFolder, script: SlurmScript, retries: Int,
        client: SlurmClient = SlurmClient()
    ) throws -> SlurmRun {
        var job = SlurmJob(in: folder) ?? SlurmJob(retries: retries)
        let busy = try client.queue(of: job.jobs).filter { [.waiting, .running].contains($0.state) }
        if !busy.isEmpty {
            throw UserError(
                "AlreadySubmitted", "'\(folder.path)' is being worked on: \(busy.count) of its parts are in the queue.",
                hint: "%jobs attach \(SlurmScript.quoted(folder.path)) shows them.")
        }
        // Earlier failures no longer count: this is a new request.
        job.submissions = []
        job.check = nil
        job.isCancelled = false
        job.retries = retries
        do {
            try FileManager.default.createDirectory(atPath: folder.file("logs"), withIntermediateDirectories: true)
        } catch {
            throw SweepFile.failure(folder.file("logs"), FileFailure(EACCES))
        }
        try SweepFile.write(script.text.utf8, to: folder.file("submit.sh"))
        chmod(folder.file("submit.sh"), 0o755)
        let run = SlurmRun(folder: folder, plan: plan, job: job, client: client)
        let open = plan.parts.filter { !run.isDone($0) }
        if open.isEmpty { return run }
        let token = "\(UInt64.random(in: .min ... .max))"
        try SweepFile.write(token.utf8, to: folder.file("check"))
        let program = SlurmScript.quoted(script.command[0])
        let place = SlurmScript.quoted(folder.file("check"))
        var arguments = [
            "--job-name=tg-check", "--output=/dev/null", "--error=/dev/null", "--ntasks=1", "--time=5", "--chdir=/",
        ]
        if let partition = script.wishes.partition { arguments.append("--partition=\(partition)") }
        arguments.append(
            "--wrap=[ \"$(cat \(place))\" = \(token) ] || exit \(Self.unseenFolder); [ -x \(program) ] || exit \(Self.unseenProgram)"
        )
        run.job.check = try client.submit(arguments)
        do {
            try run.submit(
                open, ["--dependency=afterok:\(run.job.check ?? 0)", "--kill-on-invalid-dep=yes"])
        } catch {
            try? client.cancel(run.job.jobs)
            throw error
        }
        return run
    }

    /// The exit statuses by which the check reports what a node does not see.
    private static let unseenFolder = 74
    private static let unseenProgram = 75

    private func submit(_ parts: [Int], _ options: [String] = []) throws {
        let id = try client.submit(
            options + ["--array=\(SlurmScript.array(parts))", "--chdir=/", folder.file("submit.sh")])
        job.submissions.append(.init(job: id, parts: parts, time: Date().timeIntervalSince1970))
        do {
            try job.save(in: folder)
        } catch {
            // A job that nobody could find again must not run.
            job.submissions.removeLast()
            try? client.cancel([id])
            throw error
        }
    }

    // MARK: Attaching

    /// The run submitted from a folder.
    ///
    /// - Throws: `UserError` named `NoJob` if there is none; `PartError`.
    public static func attach(to folder: SweepFolder, client: SlurmClient = SlurmClient()) throws -> SlurmRun {
        guard let plan = try folder.plan(), let job = SlurmJob(in: folder) else {
            throw UserError(
                "NoJob", "Nothing was submitted from '\(folder.path)'.", place: .init(file: folder.path),
                hint: "%jobs lists what was.")
        }
        return SlurmRun(folder: folder, plan: plan, job: job, client: client)
    }

    // MARK: Polling

    private func isDone(_ part: Int) -> Bool {
        if done.contains(part) { return true }
        guard let number = PartNumber(part, of: plan.shares.count), folder.isDone(number, of: plan.sweep) else {
            return false
        }
        done.insert(part)
        return true
    }

    /// Polls the progress of all parts.
    ///
    /// - Parameter submitsAgain: whether to resubmit what failed, as often as the job allows.
    /// - Throws: `UserError` named `SharedDirectoryMissing` if a node does not see the folder; ``Cancelled``.
    public func look(submittingAgain submitsAgain: Bool, isCancelled: () -> Bool = { false }) throws -> Snapshot {
        // Another session may have submitted or cancelled.
        if let known = SlurmJob(in: folder) { job = known }
        var queue: [QueuedTask] = []
        var snapshot = Snapshot()
        var isSilent = false
        if plan.parts.contains(where: { !isDone($0) }) {
            do {
                queue = try client.queue(of: job.jobs, isCancelled: isCancelled)
                silentSince = nil
            } catch let error as UserError where error.name == "SlurmSilent" {
                isSilent = true
                silentSince = silentSince ?? .now
                snapshot.silence = silentSince.map { (ContinuousClock.now - $0) / .seconds(1) }
            }
            if !isSilent { try lookAtCheck(queue) }
        }
        if isSilent, !lastStates.isEmpty {
            // The state of the others is unknown: keep the last one.
            snapshot.states = lastStates
            for part in plan.parts where isDone(part) { snapshot.states[part] = .done }
        } else {
            snapshot.states = PartState.states(
                of: plan.parts, isDone: isDone, job: job, queue: queue, isGone: { self.isGone($0, isSilent: isSilent) })
        }
        for (part, state) in snapshot.states {
            switch state {
            case .waiting: missingSince[part] = nil
            case .running(let node)
            where !node.isEmpty && queue.contains(where: { $0.task == part && $0.state == .running }):
                missingSince[part] = nil
            default: break
            }
        }
        if submitsAgain, !isSilent, !job.isCancelled, holdsLock {
            let again = plan.parts.filter { part in
                guard case .failed(_, true)? = snapshot.states[part] else { return false }
                return job.attempts(part) <= job.retries
            }
            if !again.isEmpty {
                do {
                    try submit(again)
                    for part in again {
                        missingSince[part] = nil
                        snapshot.states[part] = .waiting(reason: "submitted again")
                    }
                } catch let error as UserError where error.name == "SlurmSilent" {
                    // The next look tries again.
                }
            }
        }
        lastStates = snapshot.states
        snapshot.retried = plan.parts.count { job.attempts($0) > 1 }
        return snapshot
    }

    /// Whether this process alone holds the folder's lock; on a file system without locks the work goes on.
    private var holdsLock: Bool { lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }

    private func isGone(_ part: Int, isSilent: Bool) -> Bool {
        if isSilent { return false }
        let since = missingSince[part] ?? .now
        missingSince[part] = since
        return ContinuousClock.now - since > Self.visibility
    }

    private func lookAtCheck(_ queue: [QueuedTask]) throws {
        guard !hasSeenFolderCheck, let check = job.check else { return }
        guard let task = queue.first(where: { $0.job == check }) else {
            hasSeenFolderCheck = true
            return
        }
        guard case .failed = task.state else {
            if task.state == .ended { hasSeenFolderCheck = true }
            return
        }
        let exit = try client.exit(of: check)
        try? client.cancel(job.submissions.map(\.job))
        let node = exit?.node ?? (task.node.isEmpty ? "A node" : task.node)
        if exit?.status == Self.unseenProgram {
            throw UserError(
                "SharedDirectoryMissing",
                "The node \(node) does not see this program. Nothing was computed, and the jobs were cancelled.",
                place: .init(file: folder.path),
                hint: "Install it in a directory that the nodes share with this machine, and start it from there.")
        }
        throw UserError(
            "SharedDirectoryMissing",
            "The node \(node) does not see what was written to '\(folder.path)'. Nothing was computed, and the jobs were cancelled.",
            place: .init(file: folder.path),
            hint: "--out takes a directory that the nodes share with this machine, such as one of your home directory.")
    }

    // MARK: Ending

    /// Cancels what waits or runs; finished parts stay.
    public func cancel() throws {
        if let known = SlurmJob(in: folder) { job = known }
        try client.cancel(job.jobs)
        job.isCancelled = true
        try job.save(in: folder)
    }

    /// The last lines of a part's log.
    public func logTail(of part: Int, lines: Int = 12) -> String? {
        guard let file = FileHandle(forReadingAtPath: logPath(of: part)) else { return nil }
        defer { try? file.close() }
        let end = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: end > 1 << 14 ? end - 1 << 14 : 0)
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        let last = text.split(separator: "\n").suffix(lines)
        return last.isEmpty ? nil : last.joined(separator: "\n")
    }

    public func logPath(of part: Int) -> String { folder.file("logs/\(part).log") }
}
