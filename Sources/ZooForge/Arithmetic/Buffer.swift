/// A block of numbers of fixed length that layers write into again and again.
///
/// Invariant: `base` points to `count` initialised numbers, which live as long as the buffer. A buffer belongs to one
/// network, and a network to one thread.
final class Buffer<Number: Real> {
    let base: UnsafeMutablePointer<Number>
    let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit {
        base.deallocate()
    }

    func clear() {
        base.update(repeating: 0, count: count)
    }

    func clear(first length: Int) {
        base.update(repeating: 0, count: length)
    }
}
