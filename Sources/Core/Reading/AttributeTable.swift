/// The names under which attributes are kept, looked up once a spelling.
struct AttributeTable {
    private var models: [Name: String] = [:]
    private var datasets: [Name: String] = [:]

    init(_ facts: Facts) {
        for statement in facts.statements where !statement.attribute.isNone {
            switch statement.kind {
            case .model where models[statement.attribute] == nil:
                models[statement.attribute] = AttributeKnowledge.model(facts.names[statement.attribute])
            case .dataset where datasets[statement.attribute] == nil:
                datasets[statement.attribute] = AttributeKnowledge.dataset(facts.names[statement.attribute])
            default: break
            }
        }
    }

    /// `nil` for a statement that only brings its subject up.
    func canonical(_ statement: Facts.Fact) -> String? {
        statement.kind == .model ? models[statement.attribute] : datasets[statement.attribute]
    }
}
