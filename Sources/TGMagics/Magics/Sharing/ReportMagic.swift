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
        discussion: "%report --target pets --out report.html    or .pdf, .md, .json")
    public static let givesValue = false

    @Option(
        help: ArgumentHelp(
            "The file, by its ending: .html, .md, .json or .pdf; it needs nothing beside it. In a terminal - is standard output.",
            valueName: "file"))
    public var out: String = "report.html"
    @Option(help: ArgumentHelp("Recommend for this dataset; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
    @Option(help: ArgumentHelp("How many models to recommend.", valueName: "count"))
    public var top: Int = 5
    @Flag(inversion: .prefixedNo, help: "Measure on other datasets how far the method can be trusted.")
    public var evaluation = true
    @OptionGroup public var predictor: PredictorOptions

    public init() {}

    public mutating func validate() throws {
        if out.trimmed.isEmpty { throw ValidationError("--out takes the name of a file.") }
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    /// Of more datasets than these the evaluation of a report is a sample: it says how far to trust one answer.
    private static let evaluated = 12

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let output = try FileOutput(out, in: invocation.context)
        let ending = out == "-" ? "" : LocalPath(out).ending.lowercased()
        guard ReportValue.endings.contains(ending) else {
            throw UserError(
                "UsageError", "A report is not written as '.\(ending)'.", place: .init(file: out),
                hint: "End the file in .html, .md, .json or .pdf.")
        }
        if ending == "pdf" { _ = try PictureLibrary.shared }
        let name = predictor.methodName(for: zoo)
        let settings = try predictor.options.settings(seed: predictor.seed)
        let method = try MethodCatalog.method(named: name, for: zoo)
        var targets: [Int] = []
        for target in target {
            let index = try zoo.dataset(named: target)
            if !targets.contains(index) { targets.append(index) }
        }
        let isWhole = targets.isEmpty
        if isWhole { targets = zoo.evaluationTargets }
        let chosen = targets
        let report = try invocation.withProgress("Writing the report") { work in
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let done = Atomic(0)
            // For a few targets their evidence is worked out, which takes about as long again as the prediction.
            let explains = chosen.count <= 3
            let top = top
            let recommendations = try Parallel.map(chosen, threads: threads, work: work) { target in
                let prediction = try method.predict(
                    TargetWorkspace(zoo: zoo, target: target, settings: settings, work: work.quiet))
                let value = try RecommendationValue(
                    prediction, zoo: zoo, top: top, explains: explains, work: work.quiet)
                let count = done.add(1, ordering: .relaxed).newValue
                work.report(
                    "recommending for \(zoo.datasets[target].name)",
                    0.5 * Double(count) / Double(max(chosen.count, 1)))
                return value
            }
            let (evaluation, note) = try evaluated(
                zoo, by: name, settings: settings, predictions: isWhole ? recommendations.map(\.prediction) : [],
                work: work.part(0.5...0.95))
            let graph = ZooGraph(zoo, options: settings.graph)
            return SelectionReport(
                zoo: zoo, method: name, seed: predictor.seed, recommendations: recommendations,
                evaluation: evaluation, evaluationNote: note,
                graph: try GraphDrawing(graph: graph, centre: nil).drawing(work: work.part(0.95...1)),
                commands: commands(in: invocation), date: Self.today)
        }
        let value = ReportValue(report.document, zooName: zoo.name)
        // A library that is there may still refuse a drawing: the value is kept then too.
        do {
            let bytes = try value.bytes(ofFileEndingIn: ending) ?? []
            // The report is the value where it could not be written, and only there.
            let result = try MagicResult(value, writing: bytes, as: "the report", to: output)
            return result.writeError == nil ? .nothing : result
        } catch let error as UserError {
            return MagicResult(value, writeError: error)
        }
    }

    /// The method beside the history mean and the zoo's scores, and a sentence on which datasets that is.
    ///
    /// - Parameter predictions: those that are made already, with their target held out; the others are made.
    private func evaluated(
        _ zoo: Zoo, by name: String, settings: MethodSettings, predictions: [Prediction], work: Work
    ) throws -> (EvaluationValue?, String) {
        let all = zoo.evaluationTargets
        guard evaluation, !all.isEmpty else { return (nil, "") }
        var seen: Set<String> = []
        var evaluator = Evaluator(
            methods: ([name] + zoo.scores.map(\.method) + ["history"]).filter { seen.insert($0).inserted })
        evaluator.seeds = [predictor.seed]
        evaluator.settings = settings
        evaluator.targets = predictions.isEmpty ? zoo.sample(of: all, count: Self.evaluated) : all
        let made = try evaluator.evaluate(zoo, using: predictions, work: work.part(0...0.8))
        let note =
            evaluator.targets.count < all.count
            ? "These are \(evaluator.targets.count) of \(all.count) datasets, spread evenly by their number of results; %evaluate takes them all."
            : "These are all \(all.count) datasets with results enough."
        return (try EvaluationValue(made, work: work.part(0.8...1)), note)
    }

    private func commands(in invocation: Invocation) -> [String] {
        let cells = invocation.context.inputHistory.map(\.source)
        let own = "%report --out \(out)" + target.map { " --target \($0)" }.joined()
        return cells.isEmpty ? [own] : cells.map { $0.singleLine(limit: 400) }
    }

    private static var today: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return String(format: "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
    }
}
