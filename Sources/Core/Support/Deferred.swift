import Support
import Synchronization

/// A value that is worked out when it is first asked for, and kept; of several threads that ask one works.
final class Deferred<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)
    private let make: @Sendable (Work) throws -> Value

    init(_ make: @escaping @Sendable (Work) throws -> Value) { self.make = make }

    /// - Throws: what making it throws; then the next one who asks makes it.
    func value(work: Work) throws -> Value {
        try known.withLock { known in
            if let known { return known }
            let made = try make(work)
            known = made
            return made
        }
    }
}
