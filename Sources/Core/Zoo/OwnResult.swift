/// What fine-tuning a model on a dataset gave, as its user brings it into a zoo.
public struct OwnResult: Sendable, Equatable {
    /// The model's index among the zoo's models.
    public var model: Int
    /// The dataset's index among the zoo's datasets.
    public var dataset: Int
    /// In the dataset's own direction and scale.
    public var value: Double
    /// Whether the value was written with a percent sign.
    public var isPercent: Bool
    /// How long it took, in hours; `nil` where that was not said.
    public var hours: Double?

    public init(model: Int, dataset: Int, value: Double, isPercent: Bool = false, hours: Double? = nil) {
        self.model = model
        self.dataset = dataset
        self.value = value
        self.isPercent = isPercent
        self.hours = hours
    }
}

/// Why a result cannot be brought into a zoo, or taken out of it.
public enum OwnResultError: Error, Sendable {
    /// The value, or the hours, are no number that can be worked with.
    case notANumber(Double)
    /// The value lies outside what the dataset's metric can be.
    case outOfRange(Double, range: ClosedRange<Double>, metric: DatasetMetric, dataset: String)
    /// The value would be less than 1 % where results are in percent: it may be a fraction.
    case smallPercent(Double, dataset: String)
    /// The value has a percent sign, and the dataset's results are as they are written.
    case strayPercent(Double, dataset: String)
    /// The pair has a result; `isOwn` where the user brought it.
    case alreadyThere(model: String, dataset: String, value: Double, isOwn: Bool)
    /// The dataset's results are of another metric.
    case otherMetric(String, known: String, dataset: String)
    /// The dataset's results, which came with the zoo, are only assumed to have the direction that this metric has not.
    case otherDirection(String, higherIsBetter: Bool, dataset: String)
    /// The pair has no result.
    case notThere(model: String, dataset: String)
    /// The pair's result came with the zoo.
    case notOwn(model: String, dataset: String, value: Double)
}

extension Zoo {
    /// The column of ``resultMetadata`` that says which results are the user's own, and that of their hours.
    static let ownColumn = "own_result"
    static let hoursColumn = "hours"

    /// The results that the user brought, by dataset and then by model; they are told from the others after the zoo was
    /// written and read again too.
    public var ownResults: [OwnResult] {
        guard let metadata = resultMetadata, let own = metadata.column(Self.ownColumn) else { return [] }
        let hours = metadata.column(Self.hoursColumn)
        var found: [OwnResult] = []
        for (position, entry) in results.entries.enumerated() where metadata.value(position, own)?.text == "true" {
            var result = OwnResult(
                model: entry.model, dataset: entry.dataset, value: turned(entry.value, on: entry.dataset))
            if let hours, case .number(let number)? = metadata.value(position, hours) { result.hours = number }
            found.append(result)
        }
        return found
    }

    /// Whether the user brought the result of this pair.
    private func isOwnResult(_ model: Int, on dataset: Int) -> Bool {
        guard let metadata = resultMetadata, let own = metadata.column(Self.ownColumn),
            let position = results.position(model: model, dataset: dataset)
        else { return false }
        return metadata.value(position, own)?.text == "true"
    }

    /// The zoo with a result of the user's own.
    ///
    /// Where it is the dataset's first one it decides what the dataset's results are: the metric that is named, else the
    /// one that the dataset was added with, else the one that all other datasets have; its direction by its name; its
    /// scale by the value: one with a percent sign is a percentage, and of a bounded metric one of at most 1 is a fraction and
    /// a greater one a percentage. A value with a percent sign on a dataset of fractions is divided by 100. Where the metric is
    /// named only with a later result, all of the dataset's results are read by it.
    ///
    /// - Throws: ``OwnResultError``.
    /// - Complexity: O(results).
    public func adding(_ result: OwnResult, metric name: String? = nil) throws(OwnResultError) -> Zoo {
        guard result.value.isFinite else { throw .notANumber(result.value) }
        if let hours = result.hours, !hours.isFinite || hours < 0 { throw .notANumber(hours) }
        let dataset = datasets[result.dataset]
        if let value = self.result(result.model, on: result.dataset) {
            throw .alreadyThere(
                model: models[result.model].name, dataset: dataset.name, value: value,
                isOwn: isOwnResult(result.model, on: result.dataset))
        }
        if let name, dataset.metric.name == nil, dataset.metric.directionSource == .assumed,
            !results.column(result.dataset).isEmpty
        {
            return try readingAgain(by: name, on: result.dataset).adding(result, metric: name)
        }
        let metric = try metric(of: result, named: name)
        if result.isPercent, metric.scale == .asWritten { throw .strayPercent(result.value, dataset: dataset.name) }
        let value = result.isPercent && metric.scale == .fraction ? result.value / 100 : result.value
        if let range = metric.valueRange, !range.contains(value) {
            throw .outOfRange(value, range: range, metric: metric, dataset: dataset.name)
        }
        if metric.scale == .percent, !result.isPercent, value != 0, abs(value) < 1 {
            throw .smallPercent(value, dataset: dataset.name)
        }
        let entry = PairTable.Entry(
            model: result.model, dataset: result.dataset, value: metric.turned(value))
        var known: [String: Facts.Value] = [Self.ownColumn: .truth(true)]
        known[Self.hoursColumn] = result.hours.map(Facts.Value.number)
        var copy = inserting(entry, known: known)
        if metric != dataset.metric {
            copy.metricsBeforeResults[result.dataset] = dataset.metric
            copy = copy.settingMetric(metric, of: result.dataset)
        }
        return copy
    }

    /// The zoo without a result that the user brought: all that bringing it changed is as it was.
    ///
    /// - Throws: ``OwnResultError``.
    /// - Complexity: O(results).
    public func removingResult(of model: Int, on dataset: Int) throws(OwnResultError) -> Zoo {
        guard let position = results.position(model: model, dataset: dataset),
            let value = result(model, on: dataset)
        else {
            throw .notThere(model: models[model].name, dataset: datasets[dataset].name)
        }
        guard isOwnResult(model, on: dataset) else {
            throw .notOwn(model: models[model].name, dataset: datasets[dataset].name, value: value)
        }
        var copy = removingResult(at: position)
        if copy.results.column(dataset).isEmpty, let before = metricsBeforeResults[dataset] {
            copy.metricsBeforeResults[dataset] = nil
            copy = copy.settingMetric(before, of: dataset)
        }
        return copy
    }

    /// The zoo with the results on a dataset, of which nobody had said what they are, read as those of a metric.
    private func readingAgain(by name: String, on dataset: Int) throws(OwnResultError) -> Zoo {
        let own = ownResults.filter { $0.dataset == dataset }
        guard own.count == results.column(dataset).count else {
            // What came with the zoo is not turned round behind its back.
            guard MetricKnowledge.higherIsBetter(name) ?? true == datasets[dataset].metric.higherIsBetter else {
                throw .otherDirection(
                    name, higherIsBetter: datasets[dataset].metric.higherIsBetter, dataset: datasets[dataset].name)
            }
            var metric = datasets[dataset].metric
            (metric.name, metric.directionSource) = (name, .name)
            return settingMetric(metric, of: dataset)
        }
        var copy = self
        let arePercents = datasets[dataset].metric.scale == .percent
        for result in own { copy = try copy.removingResult(of: result.model, on: dataset) }
        // The largest decides the scale: where one is above 1, they are percents.
        for var result in own.sorted(by: { (abs($1.value), $0.model) < (abs($0.value), $1.model) }) {
            result.isPercent = arePercents
            copy = try copy.adding(result, metric: name)
        }
        return copy
    }

    /// What the results of a dataset are when `result` is one of them.
    private func metric(of result: OwnResult, named name: String?) throws(OwnResultError) -> DatasetMetric {
        let dataset = datasets[result.dataset]
        var metric = dataset.metric
        if let name, let known = metric.name {
            if MetricKnowledge.canonical(name) != MetricKnowledge.canonical(known) {
                throw .otherMetric(name, known: known, dataset: dataset.name)
            }
        }
        guard results.column(result.dataset).isEmpty else {
            // What the numbers are was decided with the first, and the direction said; a name that was missing may come later.
            if metric.name == nil, let name { metric.name = name }
            return metric
        }
        if metric.name == nil { metric.name = name ?? commonMetric }
        return metric.reading(result.value, isPercent: result.isPercent)
    }

    /// The metric that all datasets with results share; `nil` where they have several, or one without a name.
    public var commonMetric: String? {
        let named = datasets.indices.filter { !results.column($0).isEmpty }.map { datasets[$0].metric.name }
        guard let first = named.first, let name = first,
            named.allSatisfy({ $0.map(MetricKnowledge.canonical) == MetricKnowledge.canonical(name) })
        else { return nil }
        return name
    }
}

extension DatasetMetric {
    /// The metric as a first value tells the scale of it, with the direction that its name has.
    func reading(_ value: Double, isPercent: Bool = false) -> DatasetMetric {
        var metric = self
        if let name, directionSource == .assumed, let higher = MetricKnowledge.higherIsBetter(name) {
            metric.higherIsBetter = higher
            metric.directionSource = .name
        }
        if isPercent || name.flatMap(MetricKnowledge.naturalScale) == .percent {
            metric.scale = .percent
        } else if let name {
            metric.scale = MetricKnowledge.isBounded(name) ? abs(value) <= 1 ? .fraction : .percent : .asWritten
        }
        return metric
    }

    /// The values that can be, in the metric's own direction; `nil` where any number can.
    public var valueRange: ClosedRange<Double>? {
        let unit: Double
        switch scale {
        case .fraction: unit = 1
        case .percent: unit = 100
        case .asWritten: return nil
        }
        guard let name else { return 0...unit }
        // An error rate of words or letters can be above all of them.
        if MetricKnowledge.isUnboundedRate(name) { return 0...(.greatestFiniteMagnitude) }
        return (MetricKnowledge.canBeNegative(name) ? -unit : 0)...unit
    }
}

extension MetricKnowledge {
    private static let signed: Set<String> = [
        "matthews_correlation", "spearman", "pearson", "kendall", "cosine_spearman", "kappa", "ari", "main_score",
    ]
    private static let unboundedRates: Set<String> = ["wer", "cer", "ter", "mer", "der", "per", "ter_score"]

    /// Whether a bounded metric goes below 0: a correlation, or a measure of agreement beyond chance.
    static func canBeNegative(_ name: String) -> Bool {
        signed.contains(canonical(name))
            || words(of: name).contains { ["correlation", "spearman", "pearson", "kendall", "kappa"].contains($0) }
    }

    /// Whether a rate has no upper end, since there can be more errors than words.
    static func isUnboundedRate(_ name: String) -> Bool { unboundedRates.contains(canonical(name)) }
}
