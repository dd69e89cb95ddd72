/// The five sockets of a kernel, by the names the protocol gives their ports.
public enum ChannelName: String, CaseIterable, Sendable {
    /// Requests that are answered one after the other.
    case shell
    /// What cells show, broadcast to all clients.
    case iopub
    /// Requests for input from cells.
    case stdin
    /// Requests that are answered at once: interrupt, shutdown.
    case control
    /// An echo that shows clients the kernel is alive.
    case heartbeat = "hb"
}
