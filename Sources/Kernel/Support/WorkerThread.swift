import CLinux
import Glibc

/// A named thread with its own stack size; it ends when its body returns.
package enum WorkerThread {
    /// Deep enough for the recursion of any interpreter's parser; only touched pages cost memory.
    static let stackSize = 16 << 20

    private final class Body {
        let name: String
        let run: @Sendable () -> Void
        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts `body` on a new thread.
    ///
    /// - Parameter name: What debuggers and `top -H` show, at most 15 bytes.
    /// - Throws: ``KernelError`` if the system gives no more threads, or no room for another one's stack.
    package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(KernelError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Body(name: name, run: body))
        let error = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                pthread_setname_np(pthread_self(), String(body.name.prefix(15)))
                body.run()
                return nil
            }, argument.toOpaque())
        guard error == 0 else {
            argument.release()
            throw KernelError("The system cannot start a thread for the \(name): \(String(cString: strerror(error))).")
        }
    }
}
