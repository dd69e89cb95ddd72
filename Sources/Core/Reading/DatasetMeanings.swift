/// What files say of the results on each dataset: the metric, its direction and scale, the task.
struct DatasetMeanings {
    private(set) var metrics: [Int: String] = [:]
    private(set) var directions: [Int: Bool] = [:]
    private(set) var scales: [Int: MetricScale] = [:]
    private(set) var tasks: [Int: String] = [:]

    init(_ facts: Facts, _ known: KnownNames) {
        for statement in facts.statements where statement.kind == .dataset && !statement.attribute.isNone {
            guard let index = known.datasets.find(facts.names[statement.subject]) else { continue }
            switch known.attributes.canonical(statement) {
            case "metric": metrics[index] = statement.value.text
            case "higher_is_better":
                if let truth = statement.value.truth { directions[index] = truth }
            case "scale":
                if let scale = MetricScale(rawValue: statement.value.text.lowercased()) { scales[index] = scale }
            case "task": tasks[index] = statement.value.text
            default: break
            }
        }
    }
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
}
