import Logging
import OrderedCollections

/// The comms that are open, and the targets that clients may open more of.
final class CommManager: Sendable {
    private let targets: [String: any CommTarget]
    private let open = Monitor<OrderedDictionary<String, Comm>>([:])
    private let outbox: Outbox
    private let logger: Logger

    init(targets: [String: any CommTarget], outbox: Outbox, logger: Logger) {
        self.targets = targets
        self.outbox = outbox
        self.logger = logger
    }

    /// The open comms, or those of one target.
    func comms(of target: String?) -> [Comm] {
        open.withLock { $0.values.filter { target == nil || $0.targetName == target } }
    }

    /// Takes a `comm_open`, `comm_msg` or `comm_close`.
    func handle(_ message: Message) {
        guard let identifier = message.content["comm_id"]?.string else {
            return logger.warning("A \(message.header.type) without comm_id was dropped.")
        }
        let content = CommMessage(
            data: message.content["data"] ?? [:], metadata: message.metadata, buffers: message.buffers)
        if message.header.type == "comm_open" {
            return begin(identifier, message.content["target_name"]?.string ?? "", content, message.origin)
        }
        let comm = open.withLock { open in
            message.header.type == "comm_close" ? open.removeValue(forKey: identifier) : open[identifier]
        }
        guard let comm, let target = targets[comm.targetName] else {
            return logger.info("A \(message.header.type) for the unknown comm \(identifier) was dropped.")
        }
        comm.setOrigin(message.origin)
        if message.header.type == "comm_close" {
            target.closed(comm, with: content)
        } else {
            target.received(content, on: comm)
        }
    }

    private func begin(_ identifier: String, _ targetName: String, _ content: CommMessage, _ origin: Origin) {
        let comm = Comm(identifier: identifier, targetName: targetName, outbox: outbox)
        comm.setOrigin(origin)
        guard let target = targets[targetName] else {
            logger.info("A comm for the unknown target \(targetName) was closed.")
            return comm.close()
        }
        open.withLock { $0[identifier] = comm }
        target.opened(comm, with: content)
    }
}
