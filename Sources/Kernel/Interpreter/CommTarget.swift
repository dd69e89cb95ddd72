/// The kernel's handler behind a comm's target name: a conversation with a part of the client's page, in messages of
/// any JSON and binary buffers. Widgets are built on it.
///
/// ```swift
/// struct Counter: CommTarget {
///     func opened(_ comm: Comm, with message: CommMessage) { comm.send(CommMessage(data: ["count": 0])) }
///     func received(_ message: CommMessage, on comm: Comm) {
///         comm.send(CommMessage(data: ["count": .integer((message.data["count"]?.integer ?? 0) + 1)]))
///     }
///     func closed(_ comm: Comm, with message: CommMessage) {}
/// }
/// ```
///
/// Calls come one after the other from one shell, but from several threads if a client uses subshells.
public protocol CommTarget: Sendable {
    /// A client opened `comm`; answers go through it, now or later.
    func opened(_ comm: Comm, with message: CommMessage)
    /// The client's end of `comm` sent something.
    func received(_ message: CommMessage, on comm: Comm)
    /// The client closed `comm`; nothing that is sent through it arrives any more.
    func closed(_ comm: Comm, with message: CommMessage)
}
