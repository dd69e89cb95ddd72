import Synchronization

/// A notebook's session: one immutable state at a time, replaced whole.
///
/// Completion, inspection and cells of subshells read ``state`` while a cell runs; they see it as it was before a
/// change or after it, never between.
public final class Session: Sendable {
    private let current: Mutex<SessionState>

    public init(_ state: SessionState = SessionState()) {
        current = Mutex(state)
    }

    public var state: SessionState { current.withLock { $0 } }

    /// Replaces the state by what `change` makes of it, at once.
    public func apply(_ change: @Sendable (inout SessionState) -> Void) {
        current.withLock { change(&$0) }
    }
}
