import Support

/// The unit or currency that stands with every number of a column: `$0.12`, `4 GB`, `100 ms`.
///
/// Units of one kind, such as MB and GB, are brought to the one that most have.
struct ColumnUnit {
    /// What a load report says of such a column.
    static let note = "columns with a unit beside each number: read as numbers in it"

    /// As it is written.
    let name: String
    private let comma: ReadingOptions.Comma?
    private let family: String
    private let factor: Double

    /// `nil` where a text is no number with a unit, or units of two kinds stand in the column.
    init?(_ texts: [String]) {
        var parts: [Part] = []
        for text in texts {
            guard let part = Part(text), part.family == parts.first?.family ?? part.family else { return nil }
            parts.append(part)
        }
        var counts: [Double: Int] = [:]
        for part in parts { counts[part.factor, default: 0] += 1 }
        // Of equals the larger.
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key,
            let named = parts.first(where: { $0.factor == most })
        else { return nil }
        let comma = ColumnCommas(parts.map(\.number)).meaning
        guard parts.allSatisfy({ WrittenNumber($0.number, comma: comma, allowsMagnitude: true) != nil }) else {
            return nil
        }
        name = named.unit
        self.comma = comma
        family = named.family
        factor = most
    }

    /// The number in a text, in this unit.
    func value(of text: String) -> Double? {
        guard let part = Part(text), part.family == family,
            let number = WrittenNumber(part.number, comma: comma, allowsMagnitude: true)?.value
        else { return nil }
        return part.factor == factor ? number : number * part.factor / factor
    }

    /// A number and its unit.
    private struct Part {
        let number: String
        let unit: String
        /// What units that can be brought to one another have in common.
        let family: String
        let factor: Double

        init?(_ text: String) {
            var rest = text.trimmed[...]
            let sign = rest.prefix { $0 == "-" || $0 == "\u{2212}" }
            rest = rest.dropFirst(sign.count)
            var before = rest.prefix { ColumnUnit.currencies.contains($0) || $0.isLetter }
            if !before.contains(where: ColumnUnit.currencies.contains), !ColumnUnit.codes.contains(before.lowercased())
            {
                before = before.prefix(0)
            }
            rest = rest.dropFirst(before.count)
            guard rest.contains(where: { $0.isASCII && $0.isNumber }), rest.count <= 40 else { return nil }
            let end = rest.lastIndex { !($0.isLetter || "/$€£¥₹µμ".contains($0)) }
            guard let end else { return nil }
            let after = rest[rest.index(after: end)...]
            var number = rest[...end].trimmed
            // A letter alone after a price multiplies it.
            if !before.isEmpty, after.count == 1, after.first?.isLetter == true { number += after }
            let unit = !before.isEmpty && after.count == 1 ? String(before) : before + String(after)
            guard !unit.isEmpty, number.first.map({ $0.isNumber || $0 == "." }) ?? false else { return nil }
            self.number = sign + number
            self.unit = unit
            if let (family, factor) = ColumnUnit.known[unit] ?? ColumnUnit.known[unit.lowercased()] {
                self.family = family
                self.factor = factor
            } else {
                // A word that is not known is a unit where it stands apart; `50d` and `3rd` are names.
                guard !before.isEmpty || rest[end] == " " && after.count > 1 || after.contains("/") else { return nil }
                family = unit
                factor = 1
            }
        }
    }

    private static let currencies = Set<Character>("$€£¥₹")
    private static let codes: Set<String> = ["usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "cad", "aud"]

    private static let known: [String: (family: String, factor: Double)] = {
        var known: [String: (family: String, factor: Double)] = [:]
        func add(_ family: String, _ units: [(String, Double)]) {
            for (names, factor) in units {
                for name in names.split(separator: " ") { known[String(name)] = (family, factor) }
            }
        }
        add(
            "time",
            [
                ("ns", 1e-9), ("us µs μs", 1e-6), ("ms msec", 1e-3), ("s sec secs second seconds", 1),
                ("min mins minute minutes", 60), ("h hr hrs hour hours", 3600), ("day days", 86400),
            ])
        add(
            "bytes",
            [
                ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12), ("kib", 1024), ("mib", 1_048_576),
                ("gib", 1_073_741_824), ("tib", 1_099_511_627_776),
            ])
        add("flops", [("mflops mflop", 1e6), ("gflops gflop", 1e9), ("tflops tflop", 1e12), ("pflops pflop", 1e15)])
        add("macs", [("mmacs mmac", 1e6), ("gmacs gmac", 1e9)])
        add("pixels", [("px pixel pixels", 1)])
        add("power", [("mw", 1e-3), ("w watt watts", 1), ("kw", 1e3)])
        add("energy", [("wh", 1), ("kwh", 1e3), ("mwh", 1e6)])
        add("frequency", [("hz", 1), ("khz", 1e3), ("mhz", 1e6), ("ghz", 1e9)])
        add("frames", [("fps", 1)])
        add("bits", [("bit bits", 1)])
        return known
    }()
}
