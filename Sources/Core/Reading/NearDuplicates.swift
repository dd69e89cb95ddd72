import Support

/// Names that differ in what people do not mean by a name: case, `-` against `_`, a hub handle's `/3`, a revision.
enum NearDuplicates {
    struct Group: Sendable, Equatable {
        /// The spelling that is kept where they are joined: the one with most measurements.
        let kept: String
        let others: [String]
    }

    /// The groups of names that are nearly equal, in the order in which their first name stands.
    ///
    /// - Parameters:
    ///   - weights: how many measurements each name has.
    ///   - mayHaveOwners: whether `owner/name` may be `name`, where one name alone has such a beginning, and
    ///     `name/default` is.
    /// - Complexity: O(names · length).
    static func groups(_ names: [String], weights: [Int], mayHaveOwners: Bool = false) -> [Group] {
        var members: [String: [Int]] = [:]
        for (index, name) in names.enumerated() {
            let key = key(name, mayHaveVersion: !mayHaveOwners)
            members[mayHaveOwners ? withoutDefault(key) : key, default: []].append(index)
        }
        if mayHaveOwners { joinOwners(&members) }
        let groups = members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
        return groups.map { indices in
            let kept = indices.max { (weights[$0], -$0) < (weights[$1], -$1) } ?? indices[0]
            return Group(kept: names[kept], others: indices.filter { $0 != kept }.map { names[$0] })
        }
    }

    /// Adds those that differ by an owner's name before them to those without.
    private static func joinOwners(_ members: inout [String: [Int]]) {
        var owned: [String: [String]] = [:]
        for key in members.keys {
            guard let slash = key.firstIndex(of: "/") else { continue }
            let plain = String(key[key.index(after: slash)...])
            if members[plain] != nil { owned[plain, default: []].append(key) }
        }
        // The longest first: `owner/glue/cola` is `glue/cola`, which may be `cola`.
        for plain in owned.keys.sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
            guard let keys = owned[plain], keys.count == 1, let more = members.removeValue(forKey: keys[0]) else {
                continue
            }
            members[plain] = ((members[plain] ?? []) + more).sorted()
        }
    }

    private static func withoutDefault(_ key: String) -> String {
        key.hasSuffix("/default") ? String(key.dropLast("/default".count)) : key
    }

    /// A commit's hash, a branch, or a version such as `v1.0`.
    private static func isRevision(_ text: Substring) -> Bool {
        if ["main", "master", "latest"].contains(text) { return true }
        if text.count >= 6, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) { return true }
        let version = text.first == "v" ? text.dropFirst() : text
        let isDotted = text.first == "v" || version.contains(".")
        return isDotted && !version.isEmpty && version.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
    }

    /// What nearly equal names have in common. Never a `-v2` inside a name: that is another model.
    ///
    /// - Parameter mayHaveVersion: whether a number behind the last slash is the version of a hub's handle; behind a dataset it is a
    ///   configuration.
    static func key(_ name: String, mayHaveVersion: Bool = true) -> String {
        var text = name.lowercased()
        // `…@3f2a1c0`, a revision; `recall@5` and `recall@10` are two, and so are `pets@0shot` and `pets@5shot`.
        if let at = text.lastIndex(of: "@"), at > text.startIndex, isRevision(text[text.index(after: at)...]) {
            text = String(text[..<at])
        }
        // `…/3`: the version of a hub's handle.
        if mayHaveVersion, let slash = text.lastIndex(of: "/"), slash > text.startIndex {
            let version = text[text.index(after: slash)...]
            if !version.isEmpty, version.count <= 3, version.allSatisfy({ $0.isASCII && $0.isNumber }) {
                text = String(text[..<slash])
            }
        }
        var key = ""
        for character in text where character != "-" && character != "_" && character != " " { key.append(character) }
        return key.isEmpty ? text : key
    }
}
