import Logging
import OrderedCollections

/// The open comms, and the targets for which clients may open more.
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

    /// Opens a comm from the kernel's side; `nil` if the interpreter has no such target.
    func open(_ targetName: String, _ message: CommMessage, from origin: Origin) -> Comm? {
        guard targets[targetName] != nil else { return nil }
        let comm = Comm(identifier: randomIdentifier(), targetName: targetName, outbox: outbox)
        comm.setOrigin(origin)
        open.withLock { $0[comm.identifier] = comm }
        comm.open(message)
        return comm
    }

    /// Tells a comm's target what happened to it.
    func handle(_ event: CommEvent, from origin: Origin) {
        let identifier = event.identifier
        switch event.kind {
        case .open(let targetName):
            let comm = Comm(identifier: identifier, targetName: targetName, outbox: outbox)
            comm.setOrigin(origin)
            guard let target = targets[targetName] else {
                logger.info("A comm for the unknown target \(targetName) was closed.")
                return comm.close()
            }
            open.withLock { $0[identifier] = comm }
            target.opened(comm, with: event.message)
        case .message:
            withTarget(of: open.withLock { $0[identifier] }, identifier, origin) {
                $0.received(event.message, on: $1)
            }
        case .close:
            withTarget(of: open.withLock { $0.removeValue(forKey: identifier) }, identifier, origin) {
                $0.closed($1, with: event.message)
            }
        }
    }

    private func withTarget(
        of comm: Comm?, _ identifier: String, _ origin: Origin, _ body: (any CommTarget, Comm) -> Void
    ) {
        guard let comm, let target = targets[comm.targetName] else {
            return logger.info("A message for the unknown comm \(identifier) was dropped.")
        }
        comm.setOrigin(origin)
        body(target, comm)
    }
}
