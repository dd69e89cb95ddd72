import Synchronization

/// A notebook's session: one immutable state at a time, replaced as a whole.
///
/// Completion, inspection and cells of subshells read ``state`` while a cell runs; they see it before or after a
/// change, never in between.
public final class Session: Sendable {
    private let current: Mutex<SessionState>

    public init(_ state: SessionState = SessionState()) {
        current = Mutex(state)
    }

    public var state: SessionState { current.withLock { $0 } }

    /// Atomically replaces the state by what `change` makes of it.
    public func apply(_ change: @Sendable (inout SessionState) -> Void) {
        current.withLock { change(&$0) }
    }
}
