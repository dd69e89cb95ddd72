import Synchronization

/// The number shown beside cells: one count for all shells of the kernel.
final class ExecutionCounter: Sendable {
    private let count = Atomic(0)

    var current: Int { count.load(ordering: .relaxed) }

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
