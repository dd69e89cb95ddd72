/// Tells ``Facts`` what result files say: a task's score is the mean of its subsets' main scores on one split.
struct MTEBTeller {
    private struct Column: Hashable {
        let task: String
        let split: String
    }

    private let tasks: MTEBTasks
    /// How many subsets any file has.
    private var subsets: [Column: Int] = [:]
    /// The subsets of the first file that has as many as any.
    private var names: [Column: Set<String>] = [:]
    private let splits: MTEBSplits

    init(_ tasks: MTEBTasks, _ files: [MTEBFolders.ResultFile], _ results: [Result<MTEBResult, DocumentError>]) {
        self.tasks = tasks
        splits = MTEBSplits(
            zip(files, results).lazy.compactMap { file, result in
                (try? result.get()).map { (model: file.model, result: $0) }
            }, said: tasks.splits)
        for case .success(let result) in results {
            for (split, scores) in Dictionary(grouping: result.scores, by: \.split) {
                let column = Column(task: result.task, split: split)
                if scores.count > subsets[column] ?? 0 { names[column] = Set(scores.map { $0.subset ?? "" }) }
                subsets[column, default: 0].raise(to: scores.count)
            }
        }
    }

    mutating func tell(_ result: MTEBResult, _ file: MTEBFolders.ResultFile, _ fileIndex: Int32, to facts: inout Facts)
    {
        let entry = facts.newEntry()
        let isBaseline = Self.isBaseline(file.model)
        if isBaseline {
            facts.note(
                .leftOut, "results of people and of random baselines, which nobody can choose", example: file.model,
                at: .init(file: fileIndex, line: result.scores.first?.line ?? 0))
        }
        func add(
            _ score: MTEBResult.Score, _ metric: String?, written: String? = nil, setting: String? = nil,
            isPart: Bool = false, isPassedOver: Bool = false
        ) {
            let provenance = Provenance(
                standing: MTEBRevision(file.revision).standing, revision: facts.names.intern(file.revision),
                source: facts.names.intern(score.metric), setting: facts.names.intern(setting),
                preference: result.version)
            let status: MeasurementTable.Row.Status =
                isBaseline
                ? .decided(Decision(.baseline))
                : isPart
                    ? .decided(Decision(.part)) : isPassedOver ? .decided(Decision(.otherSplit)) : .open
            let number = WrittenNumber(score.written)
            facts.measurements.append(
                .init(
                    model: facts.names.intern(file.model), dataset: facts.names.intern(result.task),
                    config: isPart ? facts.names.intern(score.subset) : .none, split: facts.names.intern(score.split),
                    metric: facts.names.intern(metric), value: number?.value ?? .nan,
                    written: written.map { facts.names.intern($0) }
                        ?? (number?.isShortest == true ? .none : facts.names.intern(score.written)),
                    scale: Self.scale(number?.value, of: result.task), entry: entry,
                    provenance: facts.intern(provenance), file: fileIndex,
                    line: Int32(clamping: score.line), status: status))
        }
        let metric = tasks.mainScores[result.task] ?? "main_score"
        var seen: Set<String> = []
        for split in result.scores.map(\.split) where seen.insert(split).inserted {
            let scores = result.scores.filter { $0.split == split }
            noteDerived(scores, result.task, fileIndex, to: &facts)
            let isPassedOver = isBaseline ? false : note(scores, file.model, result.task, fileIndex, to: &facts)
            let all = subsets[Column(task: result.task, split: split)] ?? scores.count
            if scores.count < all {
                facts.note(
                    .noted, "results on only some of a task's subsets, beside others on more: compare them with care",
                    example: "\(file.model) on \(result.task): \(scores.count) of \(all)",
                    at: .init(file: fileIndex, line: scores[0].line))
            }
            let column = Column(task: result.task, split: split)
            let own = Set(scores.map { $0.subset ?? "" })
            if scores.count == all, let names = names[column], names != own {
                facts.note(
                    .noted, "results on other subsets of a task than others': compare them with care",
                    example: "\(file.model) on \(result.task): \(own.sorted().prefix(4).joined(separator: ", "))",
                    at: .init(file: fileIndex, line: scores[0].line))
            }
            if scores.count == 1 {
                add(
                    scores[0], metric, setting: scores[0].subset.map { "subset=\($0)" }, isPassedOver: isPassedOver)
                continue
            }
            for score in scores { add(score, metric, isPart: true) }
            let values = scores.compactMap { WrittenNumber($0.written)?.value }
            guard !values.isEmpty else { continue }
            var mean = scores[0]
            mean.written = WrittenNumber.shortest(values.reduce(0, +) / Double(values.count))
            let of = values.count < all ? "\(values.count) of \(all)" : "\(values.count)"
            add(mean, metric, written: "mean of \(of) subsets", isPassedOver: isPassedOver)
        }
        for score in result.others { add(score, score.metric, isPart: score.subset != nil) }
    }

    /// Notes results that are not on the task's own split.
    ///
    /// - Returns: whether they are passed over.
    private func note(
        _ scores: [MTEBResult.Score], _ model: String, _ task: String, _ file: Int32, to facts: inout Facts
    ) -> Bool {
        guard let first = scores.first else { return false }
        let place = Facts.Place(file: file, line: first.line)
        switch splits.use(of: first.split, task: task, model: model) {
        case .result: return false
        case .passedOver:
            facts.note(
                .leftOut, "results on further splits of a task: its own split counts",
                example: "\(model) on \(task): \(first.split)", at: place)
            return true
        case .elsewhere(let own):
            facts.note(
                .noted, "results on another split of a task than others': compare them with care",
                example: "\(model) on \(task): \(first.split), others on \(own)", at: place)
            return false
        case .training(let own):
            facts.note(
                .leftOut, "results on the training split of a task: others are on another",
                example: "\(model) on \(task): \(first.split), others on \(own)", at: place)
            return true
        }
    }

    private func noteDerived(_ scores: [MTEBResult.Score], _ task: String, _ file: Int32, to facts: inout Facts) {
        for score in scores {
            guard let derived = score.metric else { continue }
            let meant = derived == "map" ? " (for \(tasks.mainScores[task] ?? "map_at_1000"))" : ""
            facts.note(
                .noted, "results of before version 1.11 that do not name their main score: taken as told",
                example: "\(task): \(derived)\(meant)", at: .init(file: file, line: score.line))
        }
    }

    /// Main scores are fractions, whoever multiplied some by a hundred; speeds are words a second.
    private static func scale(_ value: Double?, of task: String) -> MetricScale {
        if task.hasSuffix("SpeedTask") { return .asWritten }
        guard let value else { return .fraction }
        return abs(value) > 1.5 && abs(value) <= 100 ? .percent : .fraction
    }

    private static func isBaseline(_ model: String) -> Bool {
        model.lowercased() == "baseline/human" || model.contains("baseline-random")
    }
}

extension Int {
    fileprivate mutating func raise(to other: Int) { self = Swift.max(self, other) }
}
