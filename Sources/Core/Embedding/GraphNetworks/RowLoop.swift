import Support

/// How a graph network's loops over rows run: on how many threads, and on whose behalf.
///
/// Rows are taken in turns whose height depends on their width alone, and what is summed over rows is summed in an order
/// that depends on their number alone. So the number of threads changes no bit of a result.
package struct RowLoop: Sendable {
    package let threads: Int
    package let work: Work
    /// Where the loops' matrices come from.
    let room = MatrixRoom()

    /// One thread, and nobody who might stop it.
    package static var unwatched: RowLoop { RowLoop(threads: 1, work: .unwatched) }

    package init(threads: Int, work: Work) {
        self.threads = threads
        self.work = work
    }

    /// Calls `body` for turns of rows, several at once; each must write to what belongs to its rows alone.
    ///
    /// - Parameter width: the columns of what is worked on; a turn is some milliseconds of work at any width.
    /// - Throws: `Cancelled`; some rows may then be missing.
    func rows(_ count: Int, width: Int, _ body: @Sendable (Range<Int>) -> Void) throws(Cancelled) {
        let height = Self.height(width)
        try Parallel.loop((count + height - 1) / height, threads: threads, work: work) { turn in
            body(turn * height..<min(count, (turn + 1) * height))
        }
    }

    /// What `body` adds up over all rows, in `size` numbers that begin as zeros.
    ///
    /// - Throws: `Cancelled`.
    func sum<Scalar: BLASScalar>(
        over count: Int, width: Int, size: Int,
        _ body: @Sendable (_ rows: Range<Int>, _ total: UnsafeMutablePointer<Scalar>) -> Void
    ) throws(Cancelled) -> [Scalar] {
        let height = Self.height(width)
        let turns = (count + height - 1) / height
        let parts = min(turns, Self.partialSums)
        guard parts > 0 else { return [Scalar](repeating: 0, count: size) }
        let room = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: parts * size)
        defer { room.deallocate() }
        room.initialize(repeating: 0)
        guard let base = room.baseAddress else { return [] }
        // Shared between threads: each part has numbers of its own.
        nonisolated(unsafe) let start = base
        try Parallel.loop(parts, threads: threads, work: work) { part in
            for turn in stride(from: part, to: turns, by: parts) where !work.isCancelled() {
                body(turn * height..<min(count, (turn + 1) * height), start + part * size)
            }
        }
        var total = Array(room[0..<size])
        for part in 1..<max(1, parts) {
            for place in 0..<size { total[place] += room[part * size + place] }
        }
        return total
    }

    /// How many sums over rows are made side by side before they are added up.
    private static let partialSums = 8

    /// The rows of a turn: 1,024 of the usual 128 columns.
    private static func height(_ width: Int) -> Int {
        max(16, min(4096, 131_072 / max(1, width)))
    }
}
