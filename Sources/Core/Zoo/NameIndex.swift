/// What each name and each other name stands for: an index into a list of models or datasets.
///
/// Another name that several have stands for none of them, and one that is somebody's own name stands for that one: to take
/// the first would be a guess.
struct NameIndex {
    private(set) var indices: [String: Int] = [:]
    /// The other names that stand for one alone.
    private(set) var aliases: [String: Int] = [:]
    /// The other names that are shared, each with those that have it.
    private(set) var shared: [String] = []

    /// - Complexity: linear in the names.
    init(_ entries: [(name: String, aliases: [String])]) {
        indices.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() where indices[entry.name] == nil { indices[entry.name] = index }
        var owners: [String: [Int]] = [:]
        var order: [String] = []
        for (index, entry) in entries.enumerated() {
            for alias in entry.aliases where alias != entry.name {
                if owners[alias] == nil { order.append(alias) }
                if owners[alias]?.contains(index) != true { owners[alias, default: []].append(index) }
            }
        }
        for alias in order {
            let having = owners[alias] ?? []
            if indices[alias] != nil || having.count > 1 {
                shared.append("\(alias): of \(having.prefix(3).map { entries[$0].name }.joined(separator: ", "))")
            } else {
                aliases[alias] = having[0]
            }
        }
        indices.merge(aliases) { own, _ in own }
    }
}
