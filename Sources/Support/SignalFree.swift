import Foundation

/// Writing to descriptors of any kind without signals that would end the process.
package enum SignalFree {
    /// Writes all of `text`.
    package static func write(_ text: String, to descriptor: Int32, isCancelled: () -> Bool) -> Int32? {
        write(Array(text.utf8), to: descriptor, isCancelled: isCancelled)
    }

    /// Writes all of `bytes`; returns the error number if that failed, `ECANCELED` if `isCancelled` said yes.
    ///
    /// A file beyond its size limit and a pipe without a reader raise a signal that would end the process; it is
    /// blocked and consumed, and the error returned.
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
                // Nothing was written and no error is reported.
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
