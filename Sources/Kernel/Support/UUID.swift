/// A random identifier in the form of an RFC 9562 version 4 UUID, lowercase.
func randomIdentifier() -> String {
    var generator = SystemRandomNumberGenerator()
    var high = generator.next()
    var low = generator.next()
    high = (high & 0xffff_ffff_ffff_0fff) | 0x4000
    low = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000
    func hex(_ value: UInt64, _ shift: UInt64, _ digits: Int) -> String {
        let text = String((value >> shift) & ((1 << UInt64(digits * 4)) - 1), radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
    return "\(hex(high, 32, 8))-\(hex(high, 16, 4))-\(hex(high, 0, 4))-\(hex(low, 48, 4))-\(hex(low, 0, 12))"
}
