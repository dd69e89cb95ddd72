import Foundation

/// Writing to descriptors of any kind, by a process that is not to end where one breaks.
package enum SignalFree {
    /// Writes all of `text`.
    package static func write(_ text: String, to descriptor: Int32, isCancelled: () -> Bool) -> Int32? {
        write(Array(text.utf8), to: descriptor, isCancelled: isCancelled)
    }

    /// Writes all of `bytes`; the error's number where that could not be done, `ECANCELED` where `isCancelled` said yes.
    ///
    /// A file beyond the limit of its size and a pipe without a reader send a signal that would end the process; it is
    /// held back and taken, and the error told.
    package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32, isCancelled: () -> Bool) -> Int32?
    {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGXFSZ)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
            var rest = bytes[...]
            while !rest.isEmpty {
                errno = 0
                let count = Foundation.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                    continue
                }
                switch errno {
                case EINTR: break
                // Nothing was written and nothing is said to be wrong.
                case 0: return EIO
                case EAGAIN:
                    if isCancelled() { return ECANCELED }
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, 50)
                default: return errno
                }
            }
            return nil
        }
        let problem =
            bytes.withContiguousStorageIfAvailable(writeAll) ?? Array(bytes).withUnsafeBufferPointer(writeAll)
        if problem == EPIPE || problem == EFBIG {
            var now = timespec()
            sigtimedwait(&signals, nil, &now)
        }
        return problem
    }
}
