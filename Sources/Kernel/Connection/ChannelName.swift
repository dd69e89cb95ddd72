/// The five sockets of a kernel, by the names the protocol gives their ports.
public enum ChannelName: String, CaseIterable, Sendable {
    /// Requests that are answered one after the other.
    case shell
    /// What cells show, to everybody.
    case iopub
    /// Questions that cells ask.
    case stdin
    /// Requests that are answered at once: interrupt, shutdown.
    case control
    /// An echo, by which clients see that the kernel lives.
    case heartbeat = "hb"
}
