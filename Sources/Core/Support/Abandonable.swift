import Dispatch
import Support
import Synchronization

/// Runs one long piece of work that cannot be interrupted, such as a LAPACK routine, on a thread of its own, and
/// leaves it behind there when the caller no longer wants it.
///
/// What was left behind runs to its end and is dropped; it must therefore own all it touches.
///
/// Where the system gives no thread it runs on the caller's, to its end.
///
/// - Throws: `Cancelled` within 20 ms of `work` being stopped, else what `body` throws.
package func abandonable<Value: Sendable>(
    _ work: Work, _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
    try work.check()
    guard ThreadSupply.isEnough else { return try body() }
    let outcome = Outcome<Value>()
    DispatchQueue.global(qos: .userInitiated).async {
        let result = Result { try body() }
        outcome.value.withLock { $0 = result }
        outcome.isReady.signal()
    }
    while outcome.isReady.wait(timeout: .now() + .milliseconds(20)) == .timedOut { try work.check() }
    guard let result = outcome.value.withLock({ $0 }) else { throw Cancelled() }
    return try result.get()
}

private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
    let isReady = DispatchSemaphore(value: 0)
}
