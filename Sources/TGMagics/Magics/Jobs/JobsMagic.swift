import ArgumentParser
import CellLanguage
import Presentation
import Sweeps
import TransferGraphCore

/// `%jobs`
public struct JobsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "What runs on a cluster: lists it, shows it again, cancels it.",
        discussion: """
            %jobs list
            %jobs attach sweep-folder
            %jobs cancel sweep-folder
            """,
        subcommands: [JobsListMagic.self, JobsAttachMagic.self, JobsCancelMagic.self],
        defaultSubcommand: JobsListMagic.self)

    public init() {}
}

/// `%jobs list`
public struct JobsListMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the sweeps that were submitted, and how far each is.",
        discussion: "%jobs list")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        var notes: [String] = []
        let rows = try JobList.folders.map { path -> [Table.Cell] in
            guard let run = try? SlurmRun.attach(to: SweepFolder(path)) else {
                return [.text(path), .text("unreadable"), .missing, .missing, .missing, .missing, .missing, .missing]
            }
            let now = try run.look(submittingAgain: false, isCancelled: { invocation.context.isInterrupted })
            if now.silence != nil, notes.isEmpty {
                notes.append("Slurm's controller does not answer: the state of unfinished parts is unknown.")
            }
            return [
                .text(path), .text(run.plan.sweep.command[0]), .integer(run.plan.parts.count),
                .integer(now.done.count), .integer(now.running), .integer(now.waiting), .integer(now.failed.count),
                .integer(now.cancelled.count),
            ]
        }
        notes.append(
            rows.isEmpty
                ? "Nothing was submitted yet: --on slurm submits."
                : "%jobs attach PATH shows one until it is done, and merges it.")
        return MagicResult(
            Table(
                title: "Jobs",
                columns: [.init("path"), .init("command")]
                    + ["parts", "done", "running", "waiting", "failed", "cancelled"].map { .number($0, .count) },
                rows: rows, notes: notes))
    }
}

/// `%jobs attach`
public struct JobsAttachMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract:
            "Shows a sweep on the cluster until it is done, submits again what fails, and gives the merged value.",
        discussion: "%jobs attach sweep-folder")

    @Argument(help: ArgumentHelp("The directory that --out named.", valueName: "path"))
    public var folder: String
    @OptionGroup public var file: ExportOption

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let output = try file.output(in: invocation)
        let run = try SlurmRun.attach(to: SweepFolder(folder))
        let merging = try Merging(folder, state: invocation.state)
        return try .exporting(try JobWatch(run, sweep: merging.sweep, in: invocation).value(), to: output)
    }
}

/// `%jobs cancel`
public struct JobsCancelMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancels what waits or runs of a sweep; what is done stays.",
        discussion: "%jobs cancel sweep-folder")

    @Argument(help: ArgumentHelp("The directory that --out named.", valueName: "path"))
    public var folder: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let run = try SlurmRun.attach(to: SweepFolder(folder))
        try run.cancel()
        let done = try run.look(submittingAgain: false).done.count
        return MagicResult(
            TextValue(
                "Cancelled. \(done) of \(run.plan.parts.count) parts are done and stay; the same line does the others.")
        )
    }
}
