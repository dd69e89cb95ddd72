import Foundation
import Support
import Testing

struct TrimmedTests {
    /// Of Unicode's White_Space those that Foundation trims too, from each block that has one.
    static let spaces = [
        "\t", "\n", "\u{B}", "\u{C}", "\r", " ", "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{200A}", "\u{2028}",
        "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}",
    ]

    @Test(arguments: ["a", "a b", "é", "日本", "👩‍👩‍👧", "\u{7F}", "a\u{301}", ""])
    func whiteSpaceAtTheEndsGoesAndNoOther(_ text: String) {
        for space in Self.spaces {
            for written in [text, space + text, text + space, space + space + text + space, " \(text)\(space)"] {
                #expect(written.trimmed == text)
                #expect(written.trimmed == written.trimmingCharacters(in: .whitespacesAndNewlines))
                #expect(("x" + written + "x").dropFirst().dropLast().trimmed == text)
            }
        }
        #expect("a\(text)\u{3000}b".trimmed == "a\(text)\u{3000}b")
    }
}
