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

    /// The other names that a table's column `aliases` gives, each with what it stands for: not those that several have, and
    /// not those that a table has a row for.
    func otherNames(_ kind: Facts.Subject, _ facts: Facts) -> [String: String] {
        guard (kind == .model ? models : datasets).values.contains("aliases") else { return [:] }
        var entries: [(name: String, aliases: [String])] = []
        var positions: [String: Int] = [:]
        for statement in facts.statements where statement.kind == kind {
            let subject = facts.names[statement.subject].trimmed
            if positions.updateValue(positions[subject] ?? entries.count, forKey: subject) == nil {
                entries.append((subject, []))
            }
            guard canonical(statement) == "aliases", let position = positions[subject] else { continue }
            entries[position].aliases += statement.value.names
        }
        return NameIndex(entries).aliases.mapValues { entries[$0].name }
    }
}
