import Foundation

/// Writing to descriptors of any kind, by a process that is not to end where one breaks.
enum SignalFree {
    /// Writes all of `text`.
    static func write(_ text: String, to descriptor: Int32, isCancelled: () -> Bool) -> Int32? {
        write(Array(text.utf8), to: descriptor, isCancelled: isCancelled)
    }

    /// Writes all of `bytes`; the error's number where that could not be done, `ECANCELED` where `isCancelled` said yes.
    ///
    /// A file beyond the limit of its size and a pipe without a reader send a signal that would end the process; it is
    /// held back and taken, and the error told.
    static func write(_ bytes: [UInt8], to descriptor: Int32, isCancelled: () -> Bool) -> Int32? {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGXFSZ)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let problem = bytes.withUnsafeBufferPointer { bytes -> Int32? in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                    continue
                }
                switch errno {
                case EINTR: break
                case EAGAIN:
                    if isCancelled() { return ECANCELED }
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, 50)
                default: return errno
                }
            }
            return nil
        }
        if problem == EPIPE || problem == EFBIG {
            var now = timespec()
            sigtimedwait(&signals, nil, &now)
        }
        return problem
    }
}
