import Support

/// Everything that a zoo's files say of one model, each thing with where it stands.
public struct ModelRecord: Sendable {
    public struct Statement: Sendable, Equatable {
        public let attribute: String
        public let value: String
        /// `cards/a.md line 3`
        public let place: String
    }

    public struct Link: Sendable, Equatable {
        /// The other model: the parent, or the child.
        public let model: String
        public let relation: Facts.Relation
        /// What says so: `base_model`, `body`, ….
        public let source: String
        public let place: String
    }

    /// As the zoo calls it, or as its files do where the zoo has it only as another one's copy.
    public let name: String
    /// Its index in the zoo; `nil` for a copy whose results count for its parent.
    public let index: Int?
    public let statements: [Statement]
    public let parents: [Link]
    public let children: [Link]
    /// The measurements of the model itself, and those of its copies that its results were made from.
    public let measurements: [Reading.Entry]

    /// - Throws: ``UnknownName`` where neither the zoo nor its files know the model.
    /// - Complexity: linear in what was read.
    public init(of name: String, in zoo: Zoo) throws(UnknownName) {
        let facts = zoo.reading?.facts
        do throws(UnknownName) {
            index = try zoo.model(named: name)
        } catch {
            guard let facts, let known = facts.names.find(name), Self.isModel(known, in: facts) else { throw error }
            index = nil
        }
        let model = index.map { zoo.models[$0] }
        self.name = model?.name ?? name
        let spellings = [model?.name ?? name] + (model?.aliases ?? [])
        guard let reading = zoo.reading, let facts else {
            (statements, parents, children, measurements) = ([], [], [], [])
            return
        }
        let own = Set(spellings.compactMap { facts.names.find($0) })
        statements = facts.statements.filter { $0.kind == .model && own.contains($0.subject) && !$0.attribute.isNone }
            .map {
                Statement(
                    attribute: AttributeKnowledge.model(facts.names[$0.attribute]), value: $0.value.text,
                    place: facts.text($0.place))
            }
        parents = Self.links(facts, where: { own.contains($0.child) }, other: \.parent)
        children = Self.links(facts, where: { own.contains($0.parent) }, other: \.child)
        let copies = Set(facts.links.filter { own.contains($0.parent) }.map(\.child))
        let models = facts.measurements.models
        var found: [Reading.Entry] = []
        for row in models.indices where own.contains(models[row]) || copies.contains(models[row]) {
            guard let entry = reading.entry(row) else { continue }
            if own.contains(models[row]) || index != nil && entry.decision.reason.isUsed { found.append(entry) }
        }
        measurements = found
    }

    private static func isModel(_ name: Name, in facts: Facts) -> Bool {
        facts.statements.contains { $0.kind == .model && $0.subject == name }
            || facts.measurements.models.contains(name)
            || facts.links.contains { $0.child == name || $0.parent == name }
    }

    private static func links(
        _ facts: Facts, where fits: (Facts.Link) -> Bool, other: KeyPath<Facts.Link, Name>
    ) -> [Link] {
        facts.links.filter(fits).map {
            Link(
                model: facts.names[$0[keyPath: other]], relation: $0.relation, source: facts.names[$0.source],
                place: facts.text($0.place))
        }
    }
}
