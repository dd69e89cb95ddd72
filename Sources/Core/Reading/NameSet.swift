import Support

/// The names of models, or of datasets: which spellings are one, and an index for each in the order of mention.
struct NameSet {
    /// The texts, by index.
    private(set) var texts: [String] = []
    /// Other spellings that were met, by index.
    private(set) var others: [Int: [String]] = [:]
    /// Spellings with spaces around them.
    private(set) var spaced: [String] = []
    private var indices: [String: Int] = [:]
    /// From a spelling to the one that is kept.
    private var kept: [String: String]

    init(kept: [String: String]) { self.kept = kept }

    var count: Int { texts.count }

    /// The index of a name, added where it is new; `nil` for a blank. Spaces around a name are no part of it, and two
    /// texts that Unicode holds for the same are one.
    mutating func index(of written: String) -> Int? {
        let trimmed = written.trimmed
        guard !trimmed.isEmpty else { return nil }
        if trimmed.utf8.count != written.utf8.count { spaced.append(written) }
        let text = resolved(trimmed)
        let index: Int
        if let known = indices[text] {
            index = known
        } else {
            index = texts.count
            indices[text] = index
            texts.append(text)
        }
        if trimmed != text, !(others[index] ?? []).contains(trimmed) { others[index, default: []].append(trimmed) }
        return index
    }

    /// The index of a part of what `name` stands for: the part's own name follows a slash.
    mutating func index(of name: String, part: String) -> Int? {
        let whole = "\(name)/\(part)"
        let text = "\(resolved(name))/\(part)"
        if whole != text, kept[whole] == nil { kept[whole] = text }
        return index(of: whole)
    }

    /// Joins a spelling to another from here on.
    mutating func keep(_ kept: String, for other: String) { self.kept[other] = kept }

    /// The index of a name that was met; `nil` for another.
    func find(_ written: String) -> Int? { indices[resolved(written.trimmed)] }

    private func resolved(_ text: String) -> String {
        var text = text
        // Aliases of aliases; a circle ends somewhere on it.
        for _ in 0..<8 {
            guard let next = kept[text], next != text else { break }
            text = next
        }
        return text
    }
}
