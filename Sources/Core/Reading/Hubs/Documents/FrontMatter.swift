/// The YAML at a card's head, between two lines `---`, and the text below it.
///
/// YAML further down is none of the card's: merges show their recipes there, with paths of the machine they were made on.
package struct FrontMatter: Equatable {
    /// The bytes between the two lines.
    package let yaml: Range<Int>
    /// The line of the file on which they begin, counted from 1.
    package let firstLine: Int
    /// The bytes below the second line.
    package let body: Range<Int>
    /// The line of the file on which they begin.
    package let bodyLine: Int

    /// `nil` where the first line that is not blank is no `---`, or where no second one follows.
    package init?(in text: UnsafeBufferPointer<UInt8>) {
        var lines = LineScanner(text)
        var first = lines.next()
        while let range = first, Self.isBlank(text[range.bytes]) { first = lines.next() }
        guard let opening = first, Self.isFence(text[opening.bytes]) else { return nil }
        let start = lines.position
        while let line = lines.next() {
            guard Self.isFence(text[line.bytes]) else { continue }
            yaml = start..<line.bytes.lowerBound
            firstLine = opening.number + 1
            body = lines.position..<text.count
            bodyLine = line.number + 1
            return
        }
        return nil
    }

    private static func isFence(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        line.starts(with: [0x2D, 0x2D, 0x2D]) && isBlank(line.dropFirst(3))
    }

    private static func isBlank(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}

/// Goes over the lines of a text, which may end in LF or CRLF and begin with a byte order mark.
struct LineScanner {
    private let text: UnsafeBufferPointer<UInt8>
    /// Where the next line begins.
    private(set) var position: Int
    private var number = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        position = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next line without its end, and its number counted from 1; `nil` after the last.
    mutating func next() -> (bytes: Range<Int>, number: Int)? {
        guard position < text.count else { return nil }
        let start = position
        var end = start
        while end < text.count, text[end] != 10 { end += 1 }
        position = min(end + 1, text.count)
        if end > start, text[end - 1] == 13 { end -= 1 }
        number += 1
        return (start..<end, number)
    }
}
