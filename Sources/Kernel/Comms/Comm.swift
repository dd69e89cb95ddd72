/// The kernel's end of one open comm. Its target receives it when a client opens it, and may keep it.
public final class Comm: Sendable {
    /// The identifier that both ends share.
    public let identifier: String
    /// The name of the target it was opened for.
    public let targetName: String
    private let outbox: Outbox
    private let origin: Monitor<Origin>

    init(identifier: String, targetName: String, outbox: Outbox) {
        self.identifier = identifier
        self.targetName = targetName
        self.outbox = outbox
        origin = Monitor(.none)
    }

    /// Sends a message to the client's end.
    public func send(_ message: CommMessage) { post("comm_msg", message) }

    /// Updates every display with this identifier, on behalf of the request last received.
    public func update(_ display: DisplayData, id: String) {
        outbox.send(
            OutgoingMessage(
                "update_display_data", on: .iopub, for: origin.withLock { $0 },
                content: [
                    "data": display.dataJSON, "metadata": display.metadataJSON,
                    "transient": ["display_id": .string(id)],
                ], buffers: display.buffers))
    }

    /// Tells the client that the comm is open.
    func open(_ message: CommMessage) {
        outbox.send(
            OutgoingMessage(
                "comm_open", on: .iopub, for: origin.withLock { $0 },
                content: [
                    "comm_id": .string(identifier), "target_name": .string(targetName), "data": message.data,
                ], metadata: message.metadata, buffers: message.buffers))
    }

    /// Closes the comm from the kernel's side.
    public func close(_ message: CommMessage = CommMessage(data: [:])) { post("comm_close", message) }

    /// Sets the request that later messages name as their parent.
    func setOrigin(_ newOrigin: Origin) { origin.withLock { $0 = newOrigin } }

    private func post(_ type: String, _ message: CommMessage) {
        outbox.send(
            OutgoingMessage(
                type, on: .iopub, for: origin.withLock { $0 },
                content: ["comm_id": .string(identifier), "data": message.data], metadata: message.metadata,
                buffers: message.buffers))
    }
}
