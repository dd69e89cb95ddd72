/// The five sockets of a kernel, by the names the protocol gives their ports.
public enum ChannelName: String, CaseIterable, Sendable {
    case shell
    case iopub
    case stdin
    case control
    case heartbeat = "hb"
}
