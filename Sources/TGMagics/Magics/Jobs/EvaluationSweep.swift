import CellLanguage
import JupyterKernel
import Presentation
import Sweeps
import TransferGraphCore

/// An evaluation in parts: a task is a target with a seed, a fold and a history ratio.
struct EvaluationSweep: Sweep {
    let description: SweepDescription
    let zoo: SweepZoo?
    let seconds: Double?
    private let ownZoo: Zoo
    /// One per history ratio, in the order given.
    private let evaluators: [Evaluator]
    private let tasks: [(evaluator: Int, task: EvaluationTask)]
    private let leftOut: String?
    private let isInteractive: Bool

    /// - Parameters:
    ///   - evaluators: one per history ratio; otherwise equal.
    ///   - own: the zoo without what the evaluation leaves out.
    ///   - command: the words that reproduce it.
    ///   - leftOut: what was left out of the zoo, in a sentence.
    init(
        _ zoo: SweepZoo, of own: Zoo, evaluators: [Evaluator], command: [String], seconds: Double, leftOut: String?,
        isInteractive: Bool
    ) throws {
        self.leftOut = leftOut
        self.zoo = zoo
        ownZoo = own
        self.evaluators = evaluators
        self.seconds = seconds
        self.isInteractive = isInteractive
        var tasks: [(evaluator: Int, task: EvaluationTask)] = []
        for (index, evaluator) in evaluators.enumerated() {
            tasks += try evaluator.tasks(of: own).map { (index, $0) }
        }
        self.tasks = tasks
        description = SweepDescription(command, on: zoo, tasks: tasks.count)
    }

    /// Learning takes less time with less history, but the graph's nodes all remain.
    var weights: [Double] { tasks.map { 0.3 + 0.7 * evaluators[$0.evaluator].historyRatio } }

    func compute(_ chosen: [Int], in place: PartPlace, work: Work) throws -> [[UInt8]] {
        var records: [Int: [UInt8]] = [:]
        for (index, evaluator) in evaluators.enumerated() {
            let own = chosen.filter { tasks[$0].evaluator == index }
            if own.isEmpty { continue }
            let share = Double(records.count) / Double(chosen.count)
            let cells = try evaluator.evaluate(
                own.map { tasks[$0].task }, in: ownZoo,
                work: work.part(share...share + Double(own.count) / Double(chosen.count))
            ).cells
            for (task, cells) in zip(own, cells) { records[task] = Self.bytes(cells) }
        }
        return chosen.compactMap { records[$0] }
    }

    private static func bytes(_ cells: [Evaluation.Cell]) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(cells) { writer, cell in
            writer.put(cell.method)
            writer.put(cell.seconds)
            writer.put(cell.prediction.values) { writer, value in writer.put(value) { $0.put($1) } }
            writer.put(cell.prediction.intervals) { writer, intervals in
                writer.put(intervals) { writer, interval in
                    writer.put(interval) { writer, interval in
                        writer.put(interval.lowerBound)
                        writer.put(interval.upperBound)
                    }
                }
            }
        }
        return writer.bytes
    }

    private func cells(_ bytes: [UInt8], task: Int) throws(ByteReader.Failure) -> [Evaluation.Cell] {
        let (index, task) = tasks[task]
        var reader = ByteReader(bytes)
        let cells = try reader.array { reader throws(ByteReader.Failure) -> Evaluation.Cell in
            let method = try reader.text()
            let seconds = try reader.number()
            let values = try reader.array { reader throws(ByteReader.Failure) -> Double? in
                try reader.optional { reader throws(ByteReader.Failure) -> Double in try reader.number() }
            }
            let intervals = try reader.optional { reader throws(ByteReader.Failure) -> [ClosedRange<Double>?] in
                try reader.array { reader throws(ByteReader.Failure) -> ClosedRange<Double>? in
                    try reader.optional { reader throws(ByteReader.Failure) -> ClosedRange<Double> in
                        let (low, high) = (try reader.number(), try reader.number())
                        guard low <= high else { throw ByteReader.Failure() }
                        return low...high
                    }
                }
            }
            guard values.count == ownZoo.models.count, intervals.map({ $0.count == values.count }) ?? true else {
                throw ByteReader.Failure()
            }
            return evaluators[index].cell(
                Prediction(method: method, target: task.target, values: values, intervals: intervals), task,
                seconds: seconds, in: ownZoo)
        }
        guard reader.isAtEnd, cells.map(\.method) == evaluators[0].methods else { throw ByteReader.Failure() }
        return cells
    }

    /// The evaluations of the finished tasks, one per ratio, if any target is done with every seed.
    private func evaluations(of records: [Int: [UInt8]]) throws -> [Evaluation] {
        let finished = evaluators.map { _ in FinishedTargets() }
        for (task, bytes) in records {
            finished[tasks[task].evaluator][tasks[task].task] = try cells(bytes, task: task)
        }
        return try zip(evaluators, finished).compactMap { try $0.evaluation(of: $1, in: ownZoo) }
    }

    func value(of records: [Int: [UInt8]], in place: MergePlace, work: Work) throws -> any SessionValue {
        let evaluations = try evaluations(of: records)
        let threads = evaluators[0].threads
        guard evaluators.count > 1 else {
            guard let evaluation = evaluations.first else { throw EvaluationError.noTargets(zoo: ownZoo.name) }
            return try EvaluationValue(
                evaluation, leftOut: leftOut, isInteractive: isInteractive, threads: threads, work: work)
        }
        let steps = try evaluations.enumerated().map { index, evaluation in
            let share = Double(index) / Double(evaluations.count)
            return try EvaluationValue(
                evaluation, leftOut: leftOut, threads: threads,
                work: work.part(share...share + 1 / Double(evaluations.count)))
        }
        return HistoryCurveValue(steps, isInteractive: isInteractive)
    }

    func soFar(_ records: [Int: [UInt8]], work: Work) throws -> [(name: String, figure: String)] {
        guard let evaluation = try evaluations(of: records).first else { return [] }
        let summary = try EvaluationSummary(evaluation, resamples: 200, threads: 1, work: work)
        let format = NumberFormat.decimals(3)
        return summary.methods.map { method in
            let figure = method[.pearson]
            let mean = figure?.mean.map(format.text) ?? "undefined"
            let interval = evaluation.targets.count > 1 ? figure?.interval : figure?.modelInterval
            let range = interval.map { " [\(format.text($0.lower)), \(format.text($0.upper))]" } ?? ""
            return (method.name, mean + range)
        }
    }
}

extension EvaluateMagic: SweepMagic {
    /// The words that reproduce the evaluation, including defaults chosen for the user.
    func words(_ plan: EvaluationPlan, of zoo: Zoo) -> [String] {
        var words = ["evaluate"] + plan.methods.map { "--method=\($0)" }
        if target.isEmpty {
            if plan.targets.count < zoo.evaluationTargets.count { words.append("--targets=\(plan.targets.count)") }
        } else {
            words += target.map { "--target=\($0)" }
        }
        if holdOut != .oneDataset { words.append("--protocol=\(holdOut.rawValue)") }
        if training.excludeTrainedOn { words.append("--exclude-trained-on") }
        words.append("--history-ratio=" + historyRatio.elements.map { "\($0)" }.joined(separator: ","))
        words.append("--model-ratio=\(modelRatio)")
        words += seed.map { "--seed=\($0)" }
        return words + options.words
    }

    /// The options besides methods and targets as given, unless they are the defaults.
    var givenWords: [String] {
        var words = holdOut == .oneDataset ? [] : ["--protocol \(holdOut.rawValue)"]
        if training.excludeTrainedOn { words.append("--exclude-trained-on") }
        if historyRatio.elements != [1] { words.append("--history-ratio \(historyRatio.defaultValueDescription)") }
        if modelRatio != 1 { words.append("--model-ratio \(modelRatio)") }
        if seed != [42] { words += seed.map { "--seed \($0)" } }
        return words + options.words
    }

    func sweep(on zoo: () throws -> SweepZoo) throws -> any Sweep {
        let kept = try zoo()
        let (zoo, withoutTrained) = training.applied(to: kept.zoo)
        var evaluator = try evaluator(for: zoo)
        try training.check(evaluator.targets, in: zoo, of: kept.zoo)
        for name in method { _ = try MethodCatalog.method(named: name, for: zoo) }
        let ratios = historyRatio.elements
        var single = evaluator
        single.threads = 1
        let plan = EvaluationPlan(
            zoo, methods: method, evaluator: single, sample: targets, ratios: ratios.count, words: [], isPatient: true)
        evaluator.methods = plan.methods
        evaluator.targets = plan.targets
        let evaluators = ratios.map { ratio in
            var step = evaluator
            step.historyRatio = ratio
            return step
        }
        return try EvaluationSweep(
            kept, of: zoo, evaluators: evaluators, command: words(plan, of: zoo), seconds: plan.seconds,
            leftOut: plan.leftOut(and: withoutTrained), isInteractive: look.interactive)
    }
}

extension MethodOptions {
    /// The options as words; omitted ones stay omitted.
    var words: [String] {
        [
            dimension.map { "--dimension=\($0)" }, embeddings.map { "--embeddings=\($0)" },
            features.map { "--features=\($0.rawValue)" }, scoreFeatures ? "--score-features" : nil,
        ].compactMap(\.self) + graph.words
    }
}

extension GraphOptions {
    /// The options as words; omitted ones stay omitted.
    var words: [String] {
        var words = edges.map { ["--edges=\($0)"] } ?? []
        if let threshold { words.append("--threshold=\(threshold)") }
        if let scoreThreshold { words.append("--score-threshold=\(scoreThreshold)") }
        if let similarityThreshold { words.append("--similarity-threshold=\(similarityThreshold)") }
        return words + (includeWithoutSignal ? [Self.wordForWithoutSignal] : [])
    }

    /// The one option that is of the zoo's history and not of a graph alone.
    static let wordForWithoutSignal = "--include-without-signal"
}
