import JupyterKernel

/// Bytes that look like what a parser expects, and bytes that do not (SplitMix64).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func bytes(_ most: Int) -> [UInt8] { (0..<below(most + 1)).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// JSON that is nearly right: tokens in any order, with a byte changed now and then.
    mutating func json() -> [UInt8] {
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"\\u00e9\"", "\\", "\\ud83d", "\\ude00", "1", "-1e9", "0.5",
            "null",
            "true", "false", " ", "99999999999999999999", "1e999", "\u{1f431}", "\0",
        ]
        var bytes: [UInt8] = []
        if below(2) == 0 {
            for _ in 0..<below(30) { bytes += Array(tokens[below(tokens.count)].utf8) }
        } else {
            bytes = value(depth: below(6)).serialized
        }
        if below(3) == 0, !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(truncatingIfNeeded: next()) }
        return bytes
    }

    private mutating func value(depth: Int) -> JSON {
        switch below(depth > 0 ? 8 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .integer(Int(bitPattern: UInt(next())))
        case 3: .number(Double(bitPattern: next() & 0x7fef_ffff_ffff_ffff))
        case 4: .string(String(decoding: bytes(12), as: UTF8.self))
        case 5: .string("tail")
        case 6: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                .init((0..<below(5)).map { _ in ("\(below(20))", value(depth: depth - 1)) }, uniquingKeysWith: { $1 }))
        }
    }
}
