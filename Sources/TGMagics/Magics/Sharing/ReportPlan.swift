import CellLanguage
import Foundation
import Presentation
import Support
import Synchronization
import TransferGraphCore

/// What a report will hold, and how long that takes.
struct ReportPlan {
    /// With more datasets than these and none named, a sample is reported on.
    static let mostTargets = 48
    /// With more datasets than these, a report's evaluation is a sample: it says how far to trust one answer.
    private static let evaluated = 12

    let zoo: Zoo
    let targets: [Int]
    let method: String
    let seed: UInt64
    /// Shown before the work; empty if it takes only a moment.
    let announcement: String
    /// What identifies the report, except for its file and its date.
    let key: String
    let contentHash: String
    private let choices: [Int: ModelChoice]
    /// Why there is no recommendation for a dataset that nobody named.
    private let silent: [Int: String]
    private let settings: MethodSettings
    private let limits: [String]
    private let top: Int
    private let isWhole: Bool
    private let targetsNote: String
    /// `nil` if nothing is to be measured.
    let evaluator: Evaluator?
    /// Whether the evaluation's targets are a sample of all.
    private let isSpread: Bool

    /// - Throws: `UserError`; ``UnknownName``; `Cancelled`.
    init(_ magic: ReportMagic, zoo: Zoo, in invocation: Invocation) throws {
        let method = magic.predictor.methodName(for: zoo)
        _ = try MethodCatalog.method(named: method, for: zoo)
        let settings = try magic.predictor.options.settings(seed: magic.predictor.seed, for: [method])
        var targets: [Int] = []
        for target in magic.target {
            let index = try zoo.dataset(named: target)
            if !targets.contains(index) { targets.append(index) }
        }
        let isWhole = targets.isEmpty
        let own = Set(zoo.ownResults.map(\.dataset))
        var targetsNote = ""
        if isWhole {
            let all = zoo.evaluationTargets
            targets = all.count > Self.mostTargets ? zoo.sample(of: all, count: EvaluationPlan.sampleSize) : all
            if targets.count < all.count {
                targetsNote =
                    "This is on \(targets.count) of \(NumberFormat.count.text(Double(all.count))) datasets, spread evenly over all by their number of results; --target names others."
            }
            targets = Set(targets).union(own).sorted()
            if targets.isEmpty { throw UserError(EvaluationError.noTargets(zoo: zoo.name)) }
        }
        var choices: [Int: ModelChoice] = [:]
        var silent: [Int: String] = [:]
        for target in targets {
            do {
                // Nobody asked to continue a search on a dataset that was not named and has none of the user's results.
                choices[target] = try ModelChoice(
                    target, in: zoo, holdsOut: magic.holdOut || isWhole && !own.contains(target),
                    candidates: magic.candidates, delta: magic.delta, of: invocation)
            } catch let error as UserError {
                guard isWhole, error.name == "NoCandidates" else { throw error }
                silent[target] = error.message
            }
        }
        var evaluator: Evaluator?
        var isSpread = !targetsNote.isEmpty
        let all = zoo.evaluationTargets
        if magic.evaluation, !all.isEmpty {
            var seen: Set<String> = []
            var made = Evaluator(
                methods: ([method] + zoo.scores.map(\.method) + ["history"]).filter { seen.insert($0).inserted })
            made.seeds = [magic.predictor.seed]
            made.settings = settings
            let heldOut = all.filter { choices[$0]?.revealed.isEmpty ?? false }
            if heldOut.count < Self.evaluated { isSpread = true }
            made.targets = heldOut.count < Self.evaluated ? zoo.sample(of: all, count: Self.evaluated) : heldOut
            evaluator = made
        }
        let threads = Double(ProcessInfo.processInfo.activeProcessorCount)
        let predicted = Set(targets).union(evaluator?.targets ?? []).count
        let seconds =
            EvaluationPlan.seconds([method], targets: predicted, in: zoo, settings: settings)
            / min(threads, Double(predicted))
        let asked = "\(targets.count) dataset\(targets.count == 1 ? "" : "s") with \(method)"
        let measured = evaluator.map { ", and \($0.targets.count) to see how far to trust it" } ?? ""
        announcement =
            (seconds > 2 ? "A report on \(asked)\(measured): about \(DurationText.about(seconds)).\n" : "")
            + (targetsNote.isEmpty ? "" : targetsNote + "\n")
        contentHash = try zoo.contentHash()
        let limits = try magic.candidates.inWords(invocation.state.variables)
        key =
            "\(contentHash) \(zoo.name) \(method) \(settings) \(magic.top) \(magic.candidates.words) \(limits) \(magic.holdOut) \(String(describing: magic.delta))"
        self.zoo = zoo
        self.targets = targets
        self.method = method
        self.settings = settings
        self.choices = choices
        self.silent = silent
        self.isWhole = isWhole
        self.targetsNote = targetsNote
        self.evaluator = evaluator
        self.isSpread = isSpread
        seed = magic.predictor.seed
        top = magic.top
        self.limits = limits
    }

    /// What is known of one dataset once it is done.
    struct Made: Sendable {
        let recommendation: any Recommendation
        /// With the target held out; `nil` if its results were used.
        let heldOut: Prediction?
    }

    /// - Parameters:
    ///   - unfinished: takes each finished dataset, and is asked for it first.
    ///   - evaluated: the same for the targets of the evaluation.
    func report(
        _ unfinished: UnfinishedTasks<Made>, _ evaluated: FinishedTargets?, commands: [String],
        script: (file: String, text: String)?, date: String,
        work: Work
    ) throws -> SelectionReport {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let asked = targets.filter { choices[$0] != nil }
        let method = try MethodCatalog.method(named: method, for: zoo)
        let done = Atomic(0)
        // For a few targets evidence is computed, which takes about as long again as the prediction.
        let explains = asked.count <= 3
        let made = try Parallel.map(asked, threads: threads, work: work) { target -> Made? in
            if let made = unfinished[target] { return made }
            guard let choice = choices[target] else { return nil }
            let workspace = TargetWorkspace(
                zoo: zoo, target: target, revealing: choice.revealed, settings: settings, work: work.quiet)
            let prediction = try method.predict(workspace)
            let made = Made(
                recommendation: try choice.recommendation(
                    prediction, in: workspace.zoo, of: zoo, seed: seed, top: top, explains: explains, work: work.quiet),
                heldOut: choice.revealed.isEmpty ? prediction.withoutExplanations : nil)
            unfinished[target] = made
            let count = done.add(1, ordering: .relaxed).newValue
            work.report(
                "recommending for \(zoo.datasets[target].name)", 0.5 * Double(count) / Double(max(asked.count, 1)))
            return made
        }.compactMap(\.self)
        let evaluation = try evaluator.map { evaluator in
            try EvaluationValue(
                evaluator.evaluate(
                    zoo, finished: evaluated, using: made.compactMap(\.heldOut), work: work.part(0.5...0.9)),
                work: work.part(0.9...0.95))
        }
        // A hairball that the answer does not use would say nothing.
        let usesGraph = self.method.hasPrefix("tg:") || self.method.hasPrefix("graph:")
        let graph = usesGraph ? try drawing(asked, work: work.part(0.95...1)) : nil
        return SelectionReport(
            zoo: zoo, method: self.method, seed: seed, recommendations: made.map(\.recommendation),
            silent: targets.compactMap { silent[$0] }, limits: limits,
            targetsNote: (isWhole
                ? "Each dataset is treated as new: its results were held out, except those that you added. " : "")
                + targetsNote,
            evaluation: evaluation, evaluationNote: evaluationNote,
            graph: graph,
            commands: commands, script: script, contentHash: contentHash, date: date)
    }

    /// The part of the graph around the dataset, or all of it for several.
    private func drawing(_ asked: [Int], work: Work) throws(Cancelled) -> Drawing {
        guard asked.count == 1 else {
            return try GraphDrawing(graph: ZooGraph(zoo, options: settings.graph), centre: nil).drawing(work: work)
        }
        let graph = ZooGraph(
            zoo.holdingOut(asked[0], revealing: choices[asked[0]]?.revealed ?? []), options: settings.graph)
        return try GraphDrawing(graph: graph, centre: graph.node(dataset: asked[0])).drawing(work: work)
    }

    private var evaluationNote: String {
        let (count, all) = (evaluator?.targets.count ?? 0, zoo.evaluationTargets.count)
        return count < all
            ? "These are \(count) of \(NumberFormat.count.text(Double(all))) datasets\(isSpread ? ", spread evenly by their number of results" : ""); %evaluate takes them all."
            : "These are all \(all) datasets with enough results."
    }
}
