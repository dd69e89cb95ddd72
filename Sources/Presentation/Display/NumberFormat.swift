import Foundation

/// How a column's numbers are written for people; programs get full precision.
public enum NumberFormat: Sendable, Equatable {
    /// A fixed number of decimals: `0.840`.
    case decimals(Int)
    /// A count with thousands separated: `50,000`.
    case count
    /// An abbreviated count: `85.8 M`.
    case compact
    /// Four significant figures: `0.9138`, `26.33`, `1.2e-07`.
    case figures

    /// `value` as text; NaN is said to be undefined.
    public func text(_ value: Double) -> String {
        if value.isNaN { return "undefined" }
        if value.isInfinite { return value < 0 ? "-∞" : "∞" }
        switch self {
        case .decimals(let count):
            let text = String(format: "%.\(count)f", value)
            // A rounded -0.000 says no more than 0.000.
            return text.allSatisfy { "-0.".contains($0) } && text.first == "-" ? String(text.dropFirst()) : text
        case .count:
            return value == value.rounded() && abs(value) < 1e15 ? Self.grouped(Int(value)) : Self.figures.text(value)
        case .compact:
            return Self.compacted(value)
        case .figures:
            let size = abs(value)
            if size == 0 { return "0" }
            if size < 1e-3 || size >= 1e7 { return String(format: "%.3g", value) }
            let decimals = max(0, 3 - Int(log10(size).rounded(.down)))
            return String(format: "%.\(min(decimals, 4))f", value)
        }
    }

    private static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    private static func compacted(_ value: Double) -> String {
        for (scale, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where abs(value) >= scale * 0.9995 {
            let scaled = value / scale
            return String(format: abs(scaled) >= 99.95 ? "%.0f %@" : "%.1f %@", scaled, unit)
        }
        return Self.figures.text(value)
    }
}
