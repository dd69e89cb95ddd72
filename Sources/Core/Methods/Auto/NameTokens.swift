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
        if let tokens = ofASCII(name) { return tokens }
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

    /// The same of a name that is all ASCII, without looking letters up; `nil` of others.
    private static func ofASCII(_ name: String) -> [String]? {
        func kind(_ byte: UInt8) -> Kind {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
            case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
            default: .other
            }
        }
        var tokens: [String] = []
        var current: [UInt8] = []
        var previous = Kind.other
        for byte in name.utf8 {
            if byte >= 128 { return nil }
            let own = kind(byte)
            if own != previous, previous != .other {
                if previous == .upper, own == .lower {
                    // The last capital of several begins the next word.
                    if current.count > 1, let last = current.popLast() {
                        tokens.append(String(decoding: current, as: UTF8.self))
                        current = [last]
                    }
                } else {
                    tokens.append(String(decoding: current, as: UTF8.self))
                    current.removeAll(keepingCapacity: true)
                }
            }
            if own != .other { current.append(own == .upper ? byte | 0x20 : byte) }
            previous = own
        }
        if !current.isEmpty { tokens.append(String(decoding: current, as: UTF8.self)) }
        return tokens
    }

    private static func kind(_ character: Character) -> Kind {
        if character.isNumber { return .digit }
        guard character.isLetter else { return .other }
        return character.isUppercase ? .upper : .lower
    }
}
