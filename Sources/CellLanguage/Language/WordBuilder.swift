/// A word while it is being read.
struct WordBuilder {
    private var pieces: [Word.Piece] = []
    /// In UTF-8: appending single code points to a string takes many times as long.
    private var text: [UInt8] = []
    private var isQuoted = false
    private var typographic: [Int] = []

    mutating func quote() { isQuoted = true }

    mutating func append(_ scalar: Unicode.Scalar) {
        // Nearly all text is ASCII, and lines of a hundred mebibytes are sent.
        if scalar.value < 0x80 { text.append(UInt8(truncatingIfNeeded: scalar.value)) } else { text += scalar.utf8 }
    }

    mutating func append(variable name: String) {
        flush()
        pieces.append(.variable(name))
    }

    /// Records a ``Typography`` character at `position`.
    mutating func note(_ position: Int) { typographic.append(position) }

    private mutating func flush() {
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
    }

    consuming func word(range: Range<Int>) -> Word {
        flush()
        return Word(pieces: pieces, range: range, isQuoted: isQuoted, typographic: typographic)
    }
}
