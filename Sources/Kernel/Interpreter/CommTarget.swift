/// What stands behind a comm's target name: a conversation between the kernel and a part of the client's page, in
/// messages of any JSON and binary buffers.
///
/// Calls come one after the other for one shell, but from several threads where a client uses subshells.
public protocol CommTarget: Sendable {
    /// A client opened `comm`; answers go through it, now or later.
    func opened(_ comm: Comm, with message: CommMessage)
    func received(_ message: CommMessage, on comm: Comm)
    func closed(_ comm: Comm, with message: CommMessage)
}

/// What one side of a comm tells the other.
public struct CommMessage: Sendable, Equatable {
    public let data: JSON
    public let metadata: JSON
    public let buffers: [[UInt8]]
    public init(data: JSON, metadata: JSON = [:], buffers: [[UInt8]] = []) {
        self.data = data
        self.metadata = metadata
        self.buffers = buffers
    }
}
