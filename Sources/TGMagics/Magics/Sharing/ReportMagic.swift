import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// `%report`
public struct ReportMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes a self-contained page: the zoo, how far each method can be trusted, and what to fine-tune.",
        discussion: "%report --target pets --out report.html")
    public static let givesValue = false

    @Option(
        help: ArgumentHelp(
            "The file; it needs nothing beside it. In a terminal - is standard output.", valueName: "file"))
    public var out: String = "report.html"
    @Option(help: ArgumentHelp("Recommend for this dataset; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
    @Option(help: ArgumentHelp("How many models to recommend.", valueName: "count"))
    public var top: Int = 5
    @OptionGroup public var predictor: PredictorOptions

    public init() {}

    public mutating func validate() throws {
        if out.trimmed.isEmpty { throw ValidationError("--out takes the name of a file.") }
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let output = try FileOutput(out, in: invocation.context)
        let name = predictor.methodName(for: zoo)
        let settings = try predictor.options.settings(seed: predictor.seed)
        let method = try MethodCatalog.method(named: name, for: zoo)
        var targets: [Int] = []
        for target in target { targets.append(try zoo.dataset(named: target)) }
        if targets.isEmpty { targets = zoo.evaluationTargets }
        var evaluator = Evaluator(methods: [name] + zoo.scores.map(\.method).filter { $0 != name })
        if name != "history" { evaluator.methods.append("history") }
        evaluator.seeds = [predictor.seed]
        evaluator.settings = settings
        let page = try invocation.withProgress("Writing the report") { work in
            let evaluation =
                zoo.evaluationTargets.isEmpty
                ? nil
                : try EvaluationValue(evaluator.evaluate(zoo, work: work.part(0...0.7)), work: work.part(0.7...0.75))
            let graph = ZooGraph(zoo, options: settings.graph)
            let drawing = try GraphDrawing(graph: graph, centre: nil, limit: 400).drawing(work: work)
            var recommendations: [RecommendationValue] = []
            for (index, target) in targets.enumerated() {
                work.report(
                    "recommending for \(zoo.datasets[target].name)", 0.75 + 0.25 * Double(index) / Double(targets.count)
                )
                let quiet = Work(isCancelled: work.isCancelled, report: { _, _ in })
                let prediction = try method.predict(
                    TargetWorkspace(zoo: zoo, target: target, settings: settings, work: quiet))
                try recommendations.append(RecommendationValue(prediction, zoo: zoo, top: top, work: quiet))
            }
            return try ReportPage(
                zoo: zoo, evaluation: evaluation, drawing: drawing, recommendations: recommendations
            ).html()
        }
        // The page is the value where it could not be written, and only there.
        let result = try MagicResult(ReportValue(page, zooName: zoo.name), writing: page, as: "the report", to: output)
        return result.writeError == nil ? .nothing : result
    }
}
