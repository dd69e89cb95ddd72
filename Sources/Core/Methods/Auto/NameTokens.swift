/// The words of a name: split where letters, digits and case change, and at everything that is neither letter nor digit.
///
/// `CQADupstackPhysicsRetrieval-Fa` becomes `cqa`, `dupstack`, `physics`, `retrieval`, `fa`; `imagenet21k` becomes
/// `imagenet`, `21`, `k`.
package enum NameTokens {
    private enum Kind {
        case lower, upper, digit, other
    }

    /// - Complexity: O(length).
    package static func of(_ name: String) -> [String] {
        var tokens: [String] = []
        var current = ""
        var previous = Kind.other
        func close() {
            if !current.isEmpty { tokens.append(current.lowercased()) }
            current = ""
        }
        for character in name {
            let kind = kind(character)
            switch (previous, kind) {
            case (_, .other): close()
            case (.lower, .lower), (.upper, .upper), (.digit, .digit), (.other, _): break
            case (.upper, .lower):
                // The last capital of several begins the next word: HTMLPage is HTML and Page.
                if current.count > 1, let last = current.popLast() {
                    close()
                    current = String(last)
                }
            default: close()
            }
            if kind != .other { current.append(character) }
            previous = kind
        }
        close()
        return tokens
    }

    private static func kind(_ character: Character) -> Kind {
        if character.isNumber { return .digit }
        guard character.isLetter else { return .other }
        return character.isUppercase ? .upper : .lower
    }
}
