/// What the kernel is doing, as IOPub tells it.
enum Status: String {
    case starting
    case busy
    case idle

    func message(for origin: Origin) -> OutgoingMessage {
        OutgoingMessage("status", on: .iopub, for: origin, serialized: content)
    }

    private var content: [UInt8] {
        switch self {
        case .starting: Array(#"{"execution_state":"starting"}"#.utf8)
        case .busy: Self.busyContent
        case .idle: Self.idleContent
        }
    }

    private static let busyContent = Array(#"{"execution_state":"busy"}"#.utf8)
    private static let idleContent = Array(#"{"execution_state":"idle"}"#.utf8)
}
