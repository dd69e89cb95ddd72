/// Finds the known names most likely meant by `word`.
public enum NearestNames {
    /// The names closest to `word`, nearest first: those that contain it or differ from it by few edits (Damerau's
    /// optimal string alignment distance, case ignored, at most a third of the word's length and at least 2).
    ///
    /// - Complexity: O(names · length²), lengths capped at 64.
    public static func nearest(to word: String, in names: some Sequence<String>, limit: Int = 3) -> [String] {
        let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
        guard !wanted.isEmpty else { return [] }
        let allowed = max(2, wanted.count / 3)
        var found: [(distance: Int, name: String)] = []
        for name in names {
            let candidate = Array(name.lowercased().unicodeScalars.prefix(64))
            let lastPart = candidate.split(separator: "/").last.map(Array.init) ?? candidate
            var distance = min(
                editDistance(wanted, candidate, limit: allowed), editDistance(wanted, lastPart, limit: allowed))
            if distance > allowed, wanted.count >= 3, contains(candidate, wanted) { distance = allowed }
            if distance <= allowed { found.append((distance, name)) }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
    }

    /// The most names that a hint lists where none is near.
    private static let mostListed = 5

    /// A hint that names them: "Did you mean pets?". If none is near: all names if they are few, else the user's own.
    public static func hint(
        for word: String, in names: [String], own: [String] = [], listing: String
    ) -> String {
        let near = nearest(to: word, in: names)
        if !near.isEmpty {
            return "Did you mean \(near.joined(separator: ", "))? \(listing) lists all."
        }
        if names.isEmpty { return "There are none here." }
        if names.count <= mostListed { return "Known: \(names.joined(separator: ", ")). \(listing) lists all." }
        let yours = own.prefix(mostListed).joined(separator: ", ") + (own.count > mostListed ? ", …" : "")
        return
            "None of the \(names.count.grouped) is spelt like it\(own.isEmpty ? "" : "; your own: \(yours)"). \(listing) lists all."
    }

    private static func contains(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
        guard text.count >= part.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
        if abs(a.count - b.count) > limit { return limit + 1 }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
