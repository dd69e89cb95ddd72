/// What files say of the results on each dataset: the metric, its direction and scale, the task.
struct DatasetMeanings {
    private(set) var metrics: [Int: String] = [:]
    private(set) var directions: [Int: Bool] = [:]
    private(set) var scales: [Int: MetricScale] = [:]
    private(set) var tasks: [Int: String] = [:]
    /// Directions and scales that are none that are known, each with its dataset.
    private(set) var unknown: [String] = []

    init(_ facts: Facts, _ known: KnownNames) {
        for statement in facts.statements where statement.kind == .dataset && !statement.attribute.isNone {
            guard let index = known.datasets.find(facts.names[statement.subject]) else { continue }
            switch known.attributes.canonical(statement) {
            case "metric": metrics[index] = statement.value.text
            case "higher_is_better":
                if let truth = statement.value.truth ?? Facts.Value.direction(of: statement.value.text) {
                    directions[index] = truth
                } else {
                    unknown.append("\(known.datasets.texts[index]): higher_is_better '\(statement.value.text)'")
                }
            case "lower_is_better":
                if let truth = statement.value.truth {
                    directions[index] = !truth
                } else {
                    unknown.append("\(known.datasets.texts[index]): lower_is_better '\(statement.value.text)'")
                }
            case "direction":
                if let truth = Facts.Value.direction(of: statement.value.text) { directions[index] = truth }
            case "scale":
                if let scale = Facts.Value.scale(of: statement.value.text) {
                    scales[index] = scale
                } else {
                    unknown.append("\(known.datasets.texts[index]): scale '\(statement.value.text)'")
                }
            case "task": tasks[index] = statement.value.text
            default: break
            }
        }
        for (index, text) in Self.metricsUnderOtherNames(facts, known) {
            if metrics[index] == nil { metrics[index] = MetricKnowledge.withoutDirection(text) }
            if directions[index] == nil { directions[index] = MetricKnowledge.saidDirection(text) }
        }
    }

    /// Columns that every value of names a metric, or says which direction is better, whatever they are called:
    /// `Metric (direction)`, `Scored by`.
    private static func metricsUnderOtherNames(_ facts: Facts, _ known: KnownNames) -> [(dataset: Int, text: String)] {
        var columns: [String: [(dataset: Int, text: String)]] = [:]
        var others = meant
        for statement in facts.statements where statement.kind == .dataset && !statement.attribute.isNone {
            guard let name = known.attributes.canonical(statement), !others.contains(name),
                let index = known.datasets.find(facts.names[statement.subject])
            else { continue }
            let text = statement.value.text
            // One value that tells nothing is enough.
            if MetricKnowledge.isKnown(MetricKnowledge.withoutDirection(text) ?? "")
                || MetricKnowledge.saidDirection(text) != nil
            {
                columns[name, default: []].append((index, text))
            } else {
                others.insert(name)
                columns[name] = nil
            }
        }
        return columns.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// Attributes that mean something else, or are read by their name alone.
    private static let meant: Set<String> = [
        "metric", "lower_is_better", "scale", "task", "description", "license", "size", "classes",
    ]
}

extension Facts.Value {
    /// Yes or no, as people and programs write them.
    var truth: Bool? {
        switch self {
        case .truth(let truth): truth
        case .number(let number): number == 1 ? true : number == 0 ? false : nil
        case .category(let text), .text(let text): Self.truth(of: text)
        case .set: nil
        }
    }

    static func truth(of text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "y", "1", "1.0", "t": true
        case "false", "no", "n", "0", "0.0", "f": false
        default: nil
        }
    }

    /// Whether higher is better, as a column of directions says it: yes or no, `higher`, `min`, `maximize`, an arrow.
    static func direction(of text: String) -> Bool? {
        if let truth = truth(of: text.trimmed) { return truth }
        switch text.trimmed.lowercased() {
        case "higher", "high", "max", "maximize", "maximise", "larger", "greater", "more", "up", "↑",
            "higher is better",
            "higher_is_better", "asc", "ascending":
            return true
        case "lower", "low", "min", "minimize", "minimise", "smaller", "less", "down", "↓", "lower is better",
            "lower_is_better", "desc", "descending":
            return false
        default: return MetricKnowledge.saidDirection(text.trimmed)
        }
    }

    /// The scale that a text names.
    static func scale(of text: String) -> MetricScale? {
        if let scale = MetricScale(rawValue: text.trimmed.lowercased()) { return scale }
        switch text.trimmed.lowercased() {
        case "%", "percents", "percentage", "pct", "0-100", "0–100", "100": return .percent
        case "0-1", "0–1", "fractions", "proportion", "ratio", "unit", "1": return .fraction
        default: return nil
        }
    }
}
