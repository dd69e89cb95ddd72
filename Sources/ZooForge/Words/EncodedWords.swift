/// The words of a task as the networks read them, made once and shared by all training steps.
public struct EncodedWords: Sendable {
    /// The number of words.
    public let count: Int
    /// `count × Alphabet.positions` letters, each word with its marks at the left end and zeros after it.
    let left: [UInt8]
    /// The same with each word at the right end and zeros before it.
    let right: [UInt8]

    public init(_ words: [Word]) {
        count = words.count
        let positions = Alphabet.positions
        var left = [UInt8](repeating: 0, count: count * positions)
        var right = left
        for (row, word) in words.enumerated() {
            let marked = [Alphabet.beginning] + word.letters + [Alphabet.end]
            let start = row * positions
            for (offset, code) in marked.enumerated() {
                left[start + offset] = code
                right[start + positions - marked.count + offset] = code
            }
        }
        self.left = left
        self.right = right
    }

    /// Calls `body` with the bucket of every n-gram of the word, from single letters to sequences of `longest`.
    ///
    /// The hash is FNV-1a over the letters' codes, beginning with the length, so that a bucket depends on nothing
    /// but the letters.
    @inline(__always)
    func forEachBucket(ofRow row: Int, longest: Int, buckets: Int, _ body: (Int) -> Void) {
        let positions = Alphabet.positions
        let start = row * positions
        var length = 0
        while length < positions && left[start + length] != 0 { length += 1 }
        for size in 1...longest {
            if size > length { break }
            for first in 0...(length - size) {
                var hash: UInt32 = 2_166_136_261 ^ UInt32(size)
                hash = hash &* 16_777_619
                for offset in 0..<size {
                    hash = (hash ^ UInt32(left[start + first + offset])) &* 16_777_619
                }
                hash ^= hash >> 15
                body(Int(hash % UInt32(buckets)))
            }
        }
    }
}
