import ArgumentParser
import CellLanguage
import Foundation
import Presentation
import Support
import Synchronization
import TransferGraphCore

/// `%report`
public struct ReportMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "report",
        abstract:
            "Writes a self-contained report: what to fine-tune, why, how far that can be trusted, and how it was made.",
        discussion: """
            %report --target pets --out report.html    or .pdf, .md, .json
            %report --target mine --where "parameters < 100e6" --exclude org/model-a

            Each dataset is answered as %recommend answers: results that it has are gone by, unless every model has one.
            """)
    public static let givesValue = false
    public static let bindingOptions = ColumnOptions.binding

    @Option(
        help: ArgumentHelp(
            "The file, by its ending: .html, .md, .json or .pdf; it needs nothing beside it. In a terminal - is standard output.",
            valueName: "file"))
    public var out: String = "report.html"
    @Option(help: ArgumentHelp("Recommend for this dataset; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
    @Option(help: ArgumentHelp("How many models to recommend; a budget decides it by itself.", valueName: "count"))
    public var top: Int = 5
    @OptionGroup public var candidates: CandidateOptions
    @Option(
        help: ArgumentHelp(
            "By how much a model has to be better to be worth a run: in the dataset's units, or as a share of what results can be, such as 2%; 1% where it is not said.",
            valueName: "difference"))
    public var delta: ResultDifference?
    @Flag(help: "Recommend as if the datasets had no result, to see how good the choice would have been.")
    public var holdOut = false
    @Flag(
        inversion: .prefixedNo, help: "Measure on other datasets how far the method can be trusted, or leave that out.")
    public var evaluation = true
    @OptionGroup public var predictor: PredictorOptions

    public init() {}

    public mutating func validate() throws {
        if out.trimmed.isEmpty { throw ValidationError("--out takes the name of a file.") }
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
        try delta?.check()
        if delta != nil, target.isEmpty { throw ValidationError("--delta is for datasets named with --target.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let output = try FileOutput(out, in: invocation)
        let ending = out == "-" ? "" : LocalPath(out).ending.lowercased()
        guard ReportValue.endings.contains(ending) else {
            throw UserError(
                "UsageError", "A report cannot be written as '.\(ending)'.", place: .init(file: out),
                hint: "End the file in .html, .md, .json or .pdf.")
        }
        if ending == "pdf" { _ = try PictureLibrary.shared }
        let plan = try ReportPlan(self, zoo: zoo, in: invocation)
        if !plan.announcement.isEmpty { invocation.context.write(plan.announcement, to: .stdout) }
        let unfinished = UnfinishedTasks(plan.key, after: Self.unfinished.withLock { $0 })
        let evaluated = try plan.evaluator.map { evaluator in
            try UnfinishedEvaluation.targets(for: UnfinishedEvaluation.key(zoo, evaluator))
        }
        let report: SelectionReport
        do {
            report = try invocation.withProgress("Writing the report") { work in
                try plan.report(
                    unfinished, evaluated, commands: commands(in: invocation), script: invocation.runner.script,
                    date: Self.today,
                    work: work)
            }
            Self.unfinished.withLock { if $0?.key == plan.key { $0 = nil } }
        } catch is Cancelled {
            Self.unfinished.withLock { $0 = unfinished }
            if let evaluator = plan.evaluator, let evaluated {
                try UnfinishedEvaluation.keep([UnfinishedEvaluation.key(zoo, evaluator): evaluated])
            }
            let done = "\(unfinished.all.count) of \(plan.targets.count) datasets"
            throw UserError(
                "KeyboardInterrupt", "Interrupted after \(done); no report was written.",
                hint: invocation.sessionGoesOn
                    ? "The same line goes on from there." : "With --no-evaluation it takes less time.")
        }
        let value = ReportValue(report.document, zooName: zoo.name)
        // An installed library may still fail at a drawing: the value is kept then too.
        do {
            let bytes = try value.bytes(ofFileEndingIn: ending) ?? []
            // The report is the value only if it could not be written.
            let result = try MagicResult(value, writing: bytes, as: "the report", to: output)
            return result.writeError == nil ? .nothing : result
        } catch let error as UserError {
            return MagicResult(value, writeError: error)
        }
    }

    /// What the last interrupted line had finished.
    private static let unfinished = Mutex<UnfinishedTasks<ReportPlan.Made>?>(nil)

    /// The session's inputs, each in full, and the whole cell that is running, which is not among them yet.
    private func commands(in invocation: Invocation) -> [String] {
        let cells = invocation.context.inputHistory.map(\.source)
        guard let cell = invocation.runner.cell, cells.last != cell else { return cells }
        return cells + [cell]
    }

    private static var today: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return String(format: "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
    }
}
