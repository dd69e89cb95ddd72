/// Python's `NaN`, `Infinity` and `-Infinity` in a JSON text.
enum BareNumbers {
    /// The text with quotation marks around each of them that stands outside of a string; `nil` where there is none.
    static func quoted(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): position = endOfString(text, position)
            case UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "-"):
                if let length = words.first(where: { text[position...].starts(with: $0) })?.count {
                    result += text[copied..<position]
                    result.append(UInt8(ascii: "\""))
                    result += text[position..<position + length]
                    result.append(UInt8(ascii: "\""))
                    position += length
                    copied = position
                } else {
                    position += 1
                }
            default: position += 1
            }
        }
        return copied == 0 ? nil : result + text[copied...]
    }

    private static let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }

    /// The position after the string that begins at `start`, or the text's end.
    private static func endOfString(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var position = start + 1
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return text.count
    }
}
