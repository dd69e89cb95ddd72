import Synchronization

/// The state of the sending thread, as producers of the outbox see it. It decides whether they must wake that thread
/// through its ``Wakeup``, which costs a system call and the time of waking up.
///
/// | state | when a message is enqueued | when the thread has drained the outbox |
/// | --- | --- | --- |
/// | `asleep` | wake; `called` | as the thread says: `asleep`, `looking` or `awake(.nothing)` |
/// | `looking` | `looking`; if nothing follows soon: wake; `called` | the same |
/// | `called` | `called` | the same |
/// | `awake(heard)` | `awake(.some)`; if nothing follows soon: `awake(.everything)` | the same |
///
/// A call may arrive late, after its message has been drained. So nothing here says whether the wake-up's descriptor is
/// readable: every drain resets it, and a late call costs one more look.
package enum Attention: Equatable, Sendable {
    /// It polls its sockets for as long as it takes.
    case asleep
    /// It polls for at most a millisecond, then looks anyway.
    case looking
    /// It was woken, or is about to be, and has not looked since.
    case called
    /// It waits briefly without sleeping, and needs no call.
    case awake(Heard)

    /// What was enqueued since the thread last looked.
    package enum Heard: UInt8, Sendable {
        case nothing
        /// More will follow.
        case some
        /// Nothing follows soon.
        case everything
    }

    /// Notes that something was enqueued.
    ///
    /// - Parameter isLast: Whether nothing follows soon, so that it is worth a call.
    /// - Returns: Whether the producer must wake the thread.
    package mutating func note(isLast: Bool) -> Bool {
        switch self {
        case .called: return false
        case .looking where !isLast: return false
        case .asleep, .looking:
            self = .called
            return true
        case .awake(.everything): return false
        case .awake:
            self = .awake(isLast ? .everything : .some)
            return false
        }
    }
}

extension Attention: AtomicRepresentable {
    package typealias AtomicRepresentation = UInt8.AtomicRepresentation

    private var code: UInt8 {
        switch self {
        case .asleep: 0
        case .looking: 1
        case .called: 2
        case .awake(let heard): 3 + heard.rawValue
        }
    }

    private init(code: UInt8) {
        self =
            switch code {
            case 0: .asleep
            case 1: .looking
            case 2: .called
            default: .awake(Heard(rawValue: code - 3) ?? .nothing)
            }
    }

    package static func encodeAtomicRepresentation(_ value: consuming Attention) -> AtomicRepresentation {
        UInt8.encodeAtomicRepresentation(value.code)
    }

    package static func decodeAtomicRepresentation(_ storage: consuming AtomicRepresentation) -> Attention {
        Attention(code: UInt8.decodeAtomicRepresentation(storage))
    }
}
