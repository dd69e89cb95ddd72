import Support

/// Walks that are trained on together, end to end in rooms of equal length.
struct WalkBatch: Sendable {
    /// The most nodes a walk may have.
    let room: Int
    /// Walk `w` lies in the first `lengths[w]` places from `w · room`; what a place holds is ``SkipGram``'s code of a node.
    var codes: [Int32]
    var lengths: [Int32]
    /// The number of the first walk in the whole training; it names the walks' random streams.
    var first = 0

    var count: Int { lengths.count }

    init(count: Int, room: Int) {
        self.room = room
        codes = [Int32](repeating: 0, count: count * room)
        lengths = [Int32](repeating: 0, count: count)
    }
}

extension WalkBatch {
    /// Lets `make` write each walk into its room, on several threads.
    ///
    /// - Parameter make: takes the walk's number in the batch and its room, and returns how many nodes it wrote.
    mutating func fill(
        threads: Int, work: Work, make: @Sendable (Int, UnsafeMutableBufferPointer<Int32>) -> Int
    ) throws(Cancelled) {
        let room = room
        let count = count
        let share = 32
        var isCancelled = false
        codes.withUnsafeMutableBufferPointer { codes in
            lengths.withUnsafeMutableBufferPointer { lengths in
                // Each walk is written by one thread, in a room of its own.
                nonisolated(unsafe) let (codes, lengths) = (codes, lengths)
                do throws(Cancelled) {
                    try Parallel.loop((count + share - 1) / share, threads: threads, work: work) { part in
                        for walk in part * share..<min(count, (part + 1) * share) {
                            let place = UnsafeMutableBufferPointer(rebasing: codes[walk * room..<(walk + 1) * room])
                            lengths[walk] = Int32(make(walk, place))
                        }
                    }
                } catch {
                    isCancelled = true
                }
            }
        }
        if isCancelled { throw Cancelled() }
    }
}
