/// Numbers that follow from names, the same in every process (unlike `Hasher`'s).
enum Hashing {
    /// FNV-1a over the UTF-8 bytes, with the high bits mixed down so that single bits can be used.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 32
        hash = hash &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }
}
