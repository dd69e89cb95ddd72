import Support

/// Joins results that name models and datasets by numbers to tables that give the numbers' names.
enum IdentifierNames {
    static func settle(_ facts: inout Facts) {
        settle(.model, ["id", "model_id"], "models.csv", &facts)
        settle(.dataset, ["id", "dataset_id", "task_id"], "datasets.csv", &facts)
    }

    /// Where results know none of a table's names, and some of its identifiers, these are its names' other spellings.
    private static func settle(
        _ subject: Facts.Subject, _ keys: Set<String>, _ file: String, _ facts: inout Facts
    ) {
        let column = subject == .model ? facts.measurements.models : facts.measurements.datasets
        // Most tables know what the first result is of.
        if let first = column.first(where: { !$0.isNone }),
            facts.statements.contains(where: { $0.kind == subject && $0.subject == first })
        {
            return
        }
        var subjects: Set<String> = []
        var owners: [String: Set<String>] = [:]
        for statement in facts.statements where statement.kind == subject {
            let name = facts.names[statement.subject].trimmed
            subjects.insert(name)
            guard let attribute = facts.names.text(statement.attribute),
                keys.contains(AttributeKnowledge.key(attribute))
            else { continue }
            for id in statement.value.names { owners[id, default: []].insert(name) }
        }
        if subjects.isEmpty { return }
        let used = Set(Set(column).filter { !$0.isNone }.map { facts.names[$0].trimmed })
        guard !used.isEmpty, used.isDisjoint(with: subjects) else { return }
        let known = used.filter { owners[$0]?.count == 1 }.sorted()
        for id in known { if let name = owners[id]?.first { facts.alias(subject, id, of: name) } }
        if let first = known.first {
            facts.note(
                .noted, "identifiers of \(subject == .model ? "models" : "datasets") in results: called by their names",
                example: "\(first) is \(owners[first]?.first ?? "")", at: .init(file: -1), count: known.count)
        }
        if known.isEmpty, used.allSatisfy({ Int($0) != nil }) {
            facts.note(
                .noted,
                "numbers in place of names, which \(file) does not have: give it a column 'id' with them",
                example: used.sorted().prefix(3).joined(separator: ", "), at: .init(file: -1), count: used.count)
        }
    }
}
