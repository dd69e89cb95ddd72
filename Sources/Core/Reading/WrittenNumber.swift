import Foundation

/// A number as people write it.
///
/// A finite number; with a percent sign, an uncertainty (`20.0 ± 1.2`, `231.5 +/- 18.2`, `0.93 (0.01)`), an interval
/// (`0.14 [0.14, 0.15]`: the first number), thousands separators, a decimal comma, quotation marks or spaces around it.
/// Everything else is no number: `NA`, `None`, `inf`, `1_000`, `> 90`, `0x10`, the empty text.
///
/// A comma that could be either (`1,234`) makes no number unless it is said what commas mean: a lone field cannot tell.
public struct WrittenNumber: Sendable, Equatable {
    public let value: Double
    public let isPercent: Bool
    /// Whether the text is the shortest one for ``value``, as ``shortest(_:)`` gives it; then it need not be kept.
    public let isShortest: Bool

    /// What a comma in a text can mean.
    public enum CommaReading: Sendable, Equatable {
        /// There is none, or no number.
        case none
        case decimal
        case thousands
        /// One group of three digits after one comma.
        case either
        /// No comma, and a point that can only be a decimal one: commas beside it are not.
        case decimalPoint
    }

    /// - Parameters:
    ///   - text: a number as a person wrote it.
    ///   - comma: what commas mean in texts that leave it open; `nil`: such a text is no number. Where they are decimal,
    ///     a point before three digits groups: `1.234` is 1234.
    ///   - allowsMagnitude: whether a `k`, `M`, `B`, `G` or `T` after the number multiplies it (`22.1M`).
    public init?(_ text: some StringProtocol, comma: ReadingOptions.Comma? = nil, allowsMagnitude: Bool = false) {
        var text = String(text)
        let number = text.withUTF8 { WrittenNumber(utf8: $0, comma: comma, allowsMagnitude: allowsMagnitude) }
        guard let number else { return nil }
        self = number
    }

    /// The same from UTF-8 bytes; quick for plain numbers.
    public init?(
        utf8 text: UnsafeBufferPointer<UInt8>, comma: ReadingOptions.Comma? = nil, allowsMagnitude: Bool = false
    ) {
        // Where commas are decimal a point groups thousands.
        if comma != .decimal || !text.contains(UInt8(ascii: ".")), let plain = PlainNumber(text),
            plain.end == text.count
        {
            guard plain.value.isFinite else { return nil }
            self.init(value: plain.value, isPercent: false, isShortest: plain.isShortest(text))
            return
        }
        var scanner = NumberScanner(text)
        guard let (value, isPercent) = scanner.number(comma: comma, allowsMagnitude: allowsMagnitude),
            value.isFinite
        else { return nil }
        self.init(value: value, isPercent: isPercent, isShortest: false)
    }

    private init(value: Double, isPercent: Bool, isShortest: Bool) {
        self.value = value
        self.isPercent = isPercent
        self.isShortest = isShortest
    }

    /// What the comma in a text can mean, for who decides over a column.
    public static func commaReading(utf8 text: UnsafeBufferPointer<UInt8>) -> CommaReading {
        var scanner = NumberScanner(text)
        return scanner.commaReading()
    }

    /// The shortest text that reads back as `value`: `93` and not `93.0`.
    public static func shortest(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// `-12.5e3` at the beginning of a text.
struct PlainNumber {
    let value: Double
    /// Where it ends.
    let end: Int
    private let digits: Int
    private let isSimple: Bool

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        var isNegative = false
        var isSimple = true
        if position < text.count, text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+") {
            isNegative = text[position] == UInt8(ascii: "-")
            if !isNegative { isSimple = false }
            position += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var significant = 0
        var exponent = 0
        let first = position
        while position < text.count, let digit = text[position].digit {
            if significant < 19 { mantissa = mantissa * 10 + UInt64(digit) } else { exponent += 1 }
            if mantissa > 0 { significant += 1 }
            digits += 1
            position += 1
        }
        if digits > 1, text[first] == UInt8(ascii: "0") { isSimple = false }
        if digits == 0 { isSimple = false }
        if position < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            while position < text.count, let digit = text[position].digit {
                if significant < 19 {
                    mantissa = mantissa * 10 + UInt64(digit)
                    exponent -= 1
                }
                if mantissa > 0 { significant += 1 }
                digits += 1
                position += 1
            }
            if position == fraction || text[position - 1] == UInt8(ascii: "0") { isSimple = false }
        }
        guard digits > 0 else { return nil }
        if position < text.count, text[position] == UInt8(ascii: "e") || text[position] == UInt8(ascii: "E") {
            var rest = position + 1
            var isNegative = false
            if rest < text.count, text[rest] == UInt8(ascii: "-") || text[rest] == UInt8(ascii: "+") {
                isNegative = text[rest] == UInt8(ascii: "-")
                rest += 1
            }
            let start = rest
            var power = 0
            while rest < text.count, let digit = text[rest].digit {
                power = min(power * 10 + Int(digit), 100_000)
                rest += 1
            }
            if rest > start {
                exponent += isNegative ? -power : power
                position = rest
                isSimple = false
            }
        }
        end = position
        self.digits = significant
        // Exact where both fit a double (Clinger 1990); the library decides the rest.
        if significant <= 15, abs(exponent) <= 22 {
            let magnitude = Double(mantissa)
            let scaled = exponent < 0 ? magnitude / Self.powers[-exponent] : magnitude * Self.powers[exponent]
            value = isNegative ? -scaled : scaled
        } else {
            value = Double(String(decoding: text[0..<position], as: UTF8.self)) ?? .infinity
        }
        self.isSimple = isSimple && !(isNegative && mantissa == 0)
    }

    /// Whether `text`, which is this number and nothing else, is the shortest text for it.
    func isShortest(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // Fifteen digits or fewer are always told apart by a double; from 1e-4 to 1e15 none is written with an exponent.
        if isSimple, digits <= 15, value == 0 || (abs(value) >= 1e-4 && abs(value) < 1e15) { return true }
        if isSimple || text.contains(UInt8(ascii: "e")) {
            return WrittenNumber.shortest(value).utf8.elementsEqual(text)
        }
        return false
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}

extension UInt8 {
    /// The digit that this byte is in ASCII.
    @inline(__always)
    var digit: UInt8? { self >= 48 && self <= 57 ? self - 48 : nil }
}
