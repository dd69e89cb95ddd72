import Synchronization

/// The finished tasks of a line, so that the same line continues from there after an interrupt.
final class UnfinishedTasks<Done: Sendable>: Sendable {
    /// Equal for lines that do the same tasks.
    let key: String
    private let done: Mutex<[Int: Done]>

    /// - Parameter last: the last interrupted line's; taken over if it has the same key.
    init(_ key: String, after last: UnfinishedTasks?) {
        self.key = key
        done = Mutex(last.flatMap { $0.key == key ? $0.all : nil } ?? [:])
    }

    var all: [Int: Done] { done.withLock { $0 } }

    subscript(task: Int) -> Done? {
        get { done.withLock { $0[task] } }
        set { done.withLock { $0[task] = newValue } }
    }
}
