import Foundation

/// What the lines of a word list or of a hunspell dictionary say.
///
/// A line of a dictionary is `word/flags fields…`; of a list, the word alone. Works on bytes, since the lists
/// together have six million lines.
enum WordListParser {
    /// The usable words, in order, without repetition.
    static func words(in text: String, _ list: WordList) -> [Word] {
        var text = text
        let tag: [UInt8]? =
            if case .tagged(let tag) = list.selection { Array(tag.utf8) } else { nil }
        var words: [Word] = []
        text.withUTF8 { bytes in
            for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                // Ends at a slash, a tab or a space.
                let end = line.firstIndex { $0 == 0x2F || $0 == 0x09 || $0 == 0x20 } ?? line.endIndex
                if let tag, !contains(line[end...], tag) { continue }
                if let word = word(line[..<end], list.selection) {
                    words.append(list.isPlain ? Word(word.letters.map(Alphabet.plain)) : word)
                }
            }
        }
        words.sort()
        var distinct: [Word] = []
        for word in words where distinct.last != word { distinct.append(word) }
        return distinct
    }

    /// The word, composed (NFC); `nil` where the selection does not want it or it is not usable.
    private static func word(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ selection: WordList.Selection) -> Word? {
        guard bytes.count >= Alphabet.shortestWord, bytes.count <= 4 * Alphabet.longestWord else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard case .capitalised = selection else { return composed(text) }
        guard let first = text.first, first.isUppercase else { return nil }
        return composed(first.lowercased() + text.dropFirst())
    }

    private static func composed(_ text: String) -> Word? {
        if let word = Alphabet.encode(text) { return word }
        // Only text with combining marks can become another by composition.
        guard text.unicodeScalars.contains(where: { (0x300..<0x370).contains($0.value) }) else { return nil }
        return Alphabet.encode(text.precomposedStringWithCanonicalMapping)
    }

    private static func contains(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ tag: [UInt8]) -> Bool {
        guard bytes.count >= tag.count else { return false }
        for start in bytes.startIndex...(bytes.endIndex - tag.count) where bytes[start...].starts(with: tag) {
            return true
        }
        return false
    }
}
