import Synchronization

/// What the thread that sends is doing, as those who put something into the outbox see it. It decides whether they
/// have to call that thread through its ``Wakeup``, which costs a system call and the time of waking up.
///
/// | is | something is put in | the thread has taken out what there was |
/// | --- | --- | --- |
/// | `asleep` | call; `called` | as the thread says: `asleep`, `looking` or `awake(.nothing)` |
/// | `looking` | `looking`; where nothing follows soon: call; `called` | the same |
/// | `called` | `called` | the same |
/// | `awake(heard)` | `awake(.some)`; where nothing follows soon: `awake(.everything)` | the same |
///
/// A call may arrive late, when what it was made for has been taken out. So nothing here says whether the wake-up's
/// descriptor is readable: whoever takes out silences it every time, and a late call costs one more look.
package enum Attention: Equatable, Sendable {
    /// It polls its sockets for as long as it takes.
    case asleep
    /// It polls for a millisecond at most and looks then anyway.
    case looking
    /// Somebody calls it or has called it, and it has not looked since.
    case called
    /// It waits without sleeping, for a moment, and needs no call.
    case awake(Heard)

    /// What was put in since the thread last looked.
    package enum Heard: UInt8, Sendable {
        case nothing
        /// More will follow.
        case some
        /// Nothing follows soon.
        case everything
    }

    /// Something was put in.
    ///
    /// - Parameter isLast: Whether nothing follows soon, so that it is worth a call.
    /// - Returns: Whether whoever put it in must call.
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
