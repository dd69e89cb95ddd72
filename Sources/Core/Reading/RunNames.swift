/// Names that differ by a run alone: `pets_seed1` and `pets_seed2`, `bert (run 3)`, `vit-trial=2`.
package enum RunNames {
    /// The name without what says which run it is; `nil` for a name that says none.
    package static func withoutRun(_ name: String) -> String? {
        var rest = name[...]
        let isInBrackets = rest.last == ")" || rest.last == "]"
        if isInBrackets { rest = rest.dropLast() }
        let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...6).contains(digits) else { return nil }
        rest = rest.dropLast(digits)
        while let last = rest.last, "-_ =:#".contains(last) { rest = rest.dropLast() }
        let word = String(rest.reversed().prefix { $0.isLetter }.reversed())
        guard words.contains(word.lowercased()) else { return nil }
        rest = rest.dropLast(word.count)
        // A mark stands between the name and the word: `superseed1` is a name.
        guard let mark = rest.last, isInBrackets ? mark == "(" || mark == "[" : "-_ ./|@:".contains(mark) else {
            return nil
        }
        while let last = rest.last, "-_ ./|@:([".contains(last) { rest = rest.dropLast() }
        return rest.isEmpty ? nil : String(rest)
    }

    private static let words: Set<String> = [
        "seed", "run", "trial", "rep", "repeat", "repetition", "replicate", "fold",
    ]

    /// The groups of names that have one name without their runs, two of them at least.
    ///
    /// - Complexity: O(names · length).
    static func groups(_ names: [String]) -> [NearDuplicates.Group] {
        var members: [String: [String]] = [:]
        var order: [String] = []
        for name in names {
            guard let plain = withoutRun(name) else { continue }
            if members[plain] == nil { order.append(plain) }
            members[plain, default: []].append(name)
        }
        return order.compactMap { plain in
            let others = members[plain] ?? []
            return others.count > 1 ? NearDuplicates.Group(kept: plain, others: others) : nil
        }
    }
}
