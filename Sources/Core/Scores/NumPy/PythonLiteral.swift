/// Reads the one kind of Python dictionary that stands in a `.npy` file's head: texts, truth values, and tuples of
/// whole numbers that are not negative.
struct PythonLiteral {
    enum Value: Equatable {
        case text(String)
        case flag(Bool)
        case tuple([Int])
        /// Something else that is well-formed enough to be skipped, such as a list of fields.
        case other
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The dictionary that is all of the text, `nil` if it is not one.
    mutating func dictionary() -> [String: Value]? {
        guard take("{") else { return nil }
        var fields: [String: Value] = [:]
        while !take("}") {
            guard let key = text(), take(":"), let value = value(), fields.updateValue(value, forKey: key) == nil
            else { return nil }
            if !take(",") {
                guard take("}") else { return nil }
                break
            }
        }
        skipSpace()
        return position == bytes.count ? fields : nil
    }

    private mutating func value() -> Value? {
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return text().map { .text($0) }
        case UInt8(ascii: "("): return tuple().map { .tuple($0) }
        case UInt8(ascii: "["): return list()
        default: return take("True") ? .flag(true) : take("False") ? .flag(false) : nil
        }
    }

    private mutating func tuple() -> [Int]? {
        guard take("(") else { return nil }
        var numbers: [Int] = []
        while !take(")") {
            guard numbers.count < 32, let number = number() else { return nil }
            numbers.append(number)
            if !take(",") {
                guard take(")") else { return nil }
                break
            }
        }
        return numbers
    }

    private mutating func number() -> Int? {
        skipSpace()
        var number: Int?
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            let digit = Int(bytes[position] - UInt8(ascii: "0"))
            let (product, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = product.addingReportingOverflow(digit)
            if overflow || overflowToo { return nil }
            number = sum
            position += 1
        }
        // Python 2 wrote long integers with an L behind.
        if number != nil { _ = take("L") }
        return number
    }

    private mutating func text() -> String? {
        skipSpace()
        guard position < bytes.count else { return nil }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
        let content = bytes[(position + 1)..<end]
        guard !content.contains(UInt8(ascii: "\\")) else { return nil }
        position = end + 1
        return String(validating: content, as: UTF8.self)
    }

    /// Skips a bracketed list, whatever is in it.
    private mutating func list() -> Value? {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return .other }
        }
        return nil
    }

    private mutating func take(_ word: StaticString) -> Bool {
        skipSpace()
        return word.withUTF8Buffer { wanted in
            guard bytes.count - position >= wanted.count,
                bytes[position..<(position + wanted.count)].elementsEqual(wanted)
            else { return false }
            position += wanted.count
            return true
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }
}
