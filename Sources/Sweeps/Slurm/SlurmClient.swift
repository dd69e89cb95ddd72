import Foundation
import Support

/// Slurm's own commands, run as a person would run them.
public struct SlurmClient: Sendable {
    /// The result of a command.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// How long to wait for a command before it counts as unanswered.
    private let patience: Duration

    public init(patience: Duration = .seconds(20)) { self.patience = patience }

    /// Whether Slurm's commands are on the path.
    public static var isInstalled: Bool { path(of: "sbatch") != nil && path(of: "squeue") != nil }

    private static func path(of name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
            .first(where: FileManager.default.isExecutableFile)
    }

    /// Runs a command to its end.
    ///
    /// - Throws: `UserError` named `SlurmNotFound` or `SlurmSilent`; ``Cancelled``.
    func run(_ name: String, _ arguments: [String], isCancelled: () -> Bool = { false }) throws -> Outcome {
        guard let path = Self.path(of: name) else {
            throw UserError(
                "SlurmNotFound", "There is no program '\(name)' on this machine: Slurm's commands are not installed.",
                hint:
                    "Start from a machine of the cluster where 'sbatch' works, or run the parts otherwise: --part K/N.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw UserError("SlurmNotFound", "'\(path)' cannot be run: \(FileFailure.reason(error)).")
        }
        let started = ContinuousClock.now
        var texts: [[UInt8]] = [[], []]
        var open = [output, errors].map {
            pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while open.contains(where: { $0.fd >= 0 }) {
            let isLate = ContinuousClock.now - started > patience
            if isLate || isCancelled() {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                if isLate {
                    throw UserError(
                        "SlurmSilent",
                        "Slurm does not answer: '\(name)' took more than \(patience.components.seconds) s.")
                }
                throw Cancelled()
            }
            guard poll(&open, 2, 50) > 0 else { continue }
            for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
                let count = read(open[index].fd, &buffer, buffer.count)
                if count > 0 {
                    texts[index] += buffer[..<count]
                } else if count == 0 || errno != EINTR {
                    open[index].fd = -1
                }
            }
        }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: texts[0], as: UTF8.self),
            errors: String(decoding: texts[1], as: UTF8.self).trimmed)
    }

    /// Submits a job.
    ///
    /// - Returns: its number.
    /// - Throws: `UserError` named `SubmissionError` with what Slurm says; as ``run(_:_:isCancelled:)``.
    public func submit(_ arguments: [String]) throws -> Int {
        let outcome = try run("sbatch", ["--parsable"] + arguments)
        // `12` or `12;cluster`.
        guard outcome.status == 0, let id = Int(outcome.output.trimmed.prefix { $0.isNumber }) else {
            throw UserError(
                "SubmissionError", "Slurm rejected the job: \(Self.sentence(outcome.errors)).",
                hint: "The script is in the folder; change it and submit it by hand.")
        }
        return id
    }

    /// What the queue says of some jobs: those of their tasks that it still knows.
    ///
    /// - Throws: `UserError` named `SlurmSilent` if the controller does not answer.
    public func queue(of jobs: [Int], isCancelled: () -> Bool = { false }) throws -> [QueuedTask] {
        if jobs.isEmpty { return [] }
        let outcome = try run(
            "squeue",
            [
                "--noheader", "--array", "--states=all", "--jobs=" + jobs.map(String.init).joined(separator: ","),
                "--format=%F|%K|%t|%N|%r",
            ], isCancelled: isCancelled)
        // squeue fails for a single job that ended long ago, and says nothing of it among several.
        if outcome.errors.contains("Invalid job id") { return [] }
        guard outcome.status == 0 else {
            throw UserError("SlurmSilent", "Slurm's queue cannot be read: \(Self.sentence(outcome.errors)).")
        }
        return outcome.output.split(separator: "\n").compactMap(QueuedTask.init)
    }

    /// Cancels jobs, whatever their state.
    public func cancel(_ jobs: [Int]) throws {
        if jobs.isEmpty { return }
        let outcome = try run("scancel", jobs.map(String.init))
        guard outcome.status == 0 || outcome.errors.contains("Invalid job id") else {
            throw UserError("SlurmSilent", "The jobs cannot be cancelled: \(Self.sentence(outcome.errors)).")
        }
    }

    /// The exit status of a job, and where it ran; `nil` if Slurm no longer knows.
    public func exit(of job: Int) throws -> (status: Int, node: String)? {
        let outcome = try run("scontrol", ["--oneliner", "show", "job", "\(job)"])
        guard outcome.status == 0 else { return nil }
        var fields: [Substring: Substring] = [:]
        for field in outcome.output.split(separator: " ") {
            guard let sign = field.firstIndex(of: "=") else { continue }
            fields[field[..<sign]] = field[field.index(after: sign)...]
        }
        guard let code = fields["ExitCode"]?.split(separator: ":").first.flatMap({ Int($0) }) else { return nil }
        return (code, String(fields["BatchHost"] ?? fields["NodeList"] ?? "a node"))
    }

    /// Slurm's message without the program's name before it and without a full stop.
    private static func sentence(_ text: String) -> String {
        let line = text.split(separator: "\n").last.map(String.init) ?? "it says nothing"
        var words = line.replacing("sbatch: error: ", with: "").replacing("squeue: error: ", with: "").trimmed
        while words.hasSuffix(".") { words.removeLast() }
        return words
    }
}
