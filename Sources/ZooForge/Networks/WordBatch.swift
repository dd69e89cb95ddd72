/// The words of one step, gathered from a task's.
final class WordBatch {
    let capacity: Int
    private(set) var count = 0
    /// The words' rows in the task.
    private(set) var rows: [Int] = []
    /// `count × Alphabet.positions` letters, the words at the left end.
    let left: UnsafeMutablePointer<UInt8>
    /// The same, the words at the right end.
    let right: UnsafeMutablePointer<UInt8>
    private(set) var words = EncodedWords([])

    init(capacity: Int) {
        self.capacity = capacity
        left = .allocate(capacity: capacity * Alphabet.positions)
        right = .allocate(capacity: capacity * Alphabet.positions)
        left.initialize(repeating: 0, count: capacity * Alphabet.positions)
        right.initialize(repeating: 0, count: capacity * Alphabet.positions)
    }

    deinit {
        left.deallocate()
        right.deallocate()
    }

    /// - Precondition: no more rows than the capacity.
    func fill(_ words: EncodedWords, rows: ArraySlice<Int>) {
        precondition(rows.count <= capacity, "a batch holds at most its capacity")
        self.words = words
        self.rows = Array(rows)
        count = rows.count
        let positions = Alphabet.positions
        for (index, row) in rows.enumerated() {
            for position in 0..<positions {
                left[index * positions + position] = words.left[row * positions + position]
                right[index * positions + position] = words.right[row * positions + position]
            }
        }
    }
}
