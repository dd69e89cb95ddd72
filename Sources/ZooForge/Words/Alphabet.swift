import Foundation

/// The letters the networks know, as small whole numbers.
///
/// 0 stands for "nothing here", 1 and 2 for a word's beginning and end, 3 for a letter that was taken out. A word with any other letter is left out of
/// the tasks. The order is part of the zoo: changing it changes every model.
public enum Alphabet {
    /// The longest word, in letters.
    public static let longestWord = 12
    /// The shortest.
    public static let shortestWord = 3
    /// A word's letters with its two marks.
    public static let positions = longestWord + 2

    public static let beginning: UInt8 = 1
    public static let end: UInt8 = 2
    public static let gap: UInt8 = 3

    private static let letters = Array(
        ("abcdefghijklmnopqrstuvwxyzàáâãäåæāăąçćčċďđèéêëēėęěğģìíîïīįıķĺļľłñńņňòóôõöøőœŕřśšşșťţțùúûüūůűųýÿžźżßðþ"
            + "абвгдежзийклмнопрстуфхцчшщъыьэюяёієїґўђјљњћџѓќәғқңөұүһҳ").unicodeScalars)

    /// The letters and the four marks.
    public static let size = letters.count + 4

    private static let codes: [Unicode.Scalar: UInt8] = Dictionary(
        letters.enumerated().map { ($1, UInt8($0 + 4)) }, uniquingKeysWith: { first, _ in first })

    /// The codes of the scalars below U+0500, 0 where a scalar is no letter of ours.
    private static let table: [UInt8] = (0..<0x500).map { value in
        Unicode.Scalar(UInt32(value)).flatMap { codes[$0] } ?? 0
    }

    /// Each code's letter without its marks, where decomposition (NFD) knows some: `ñ` becomes `n`, while `ø` stays.
    private static let withoutMarks: [UInt8] =
        (0..<4).map { UInt8($0) }
        + letters.enumerated().map { index, letter in
            String(letter).decomposedStringWithCanonicalMapping.unicodeScalars.first.flatMap { codes[$0] }
                ?? UInt8(index + 4)
        }

    /// A scalar's code, 0 where it is no letter of ours.
    @inline(__always)
    static func code(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value < 0x500 ? table[Int(scalar.value)] : 0
    }

    /// The code of the letter without its marks.
    static func plain(_ code: UInt8) -> UInt8 { withoutMarks[Int(code)] }

    /// The letters as text, with `_` for a letter that was taken out.
    static func text(_ codes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for code in codes {
            if code == gap { text.append("_") } else if code > gap { text.append(letters[Int(code) - 4]) }
        }
        return String(text)
    }

    /// The word with these letters; `nil` where it is too short, too long or has a letter that is not known.
    public static func encode(_ text: some StringProtocol) -> Word? {
        var word = Word()
        for scalar in text.unicodeScalars {
            let code = code(scalar)
            if code == 0 || word.count == longestWord { return nil }
            word.append(code)
        }
        return word.count >= shortestWord ? word : nil
    }
}
