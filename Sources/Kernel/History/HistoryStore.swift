import Logging

/// The cells that were run, in this session and those before it, in an SQLite database.
///
/// Opened when first needed, written by a thread of its own, so neither start nor cells wait for a disk. Where the
/// file cannot be used, or takes no more, the history goes on in memory and a warning says why.
package final class HistoryStore: Sendable {
    /// How long cells are gathered before they are written, in milliseconds.
    private static let gatherTime = 300
    /// Longer outputs are cut in the history, in characters.
    private static let longestOutput = 16_384

    /// Where the thread that writes is.
    private enum Writer {
        case absent
        case running
        /// It writes what there is and ends.
        case closing
    }

    private struct Pending {
        var cells: [HistoryDatabase.Cell] = []
        var writer = Writer.absent
    }

    /// Where cells go.
    private enum Store {
        case unopened
        case open(HistoryDatabase)
        /// The file took no more; it is tried again with every write.
        case beside(HistoryDatabase)
    }

    private let location: HistoryLocation
    private let logger: Logger
    private let pending = Monitor(Pending())
    private let store = Monitor(Store.unopened)

    package init(location: HistoryLocation, logger: Logger) {
        self.location = location
        self.logger = logger
    }

    /// Notes a cell; returns at once.
    package func record(line: Int, source: String, output: String?) {
        let (needsWriter, isFirst) = pending.withLock { pending in
            pending.cells.append((line, source, output.map { String($0.prefix(Self.longestOutput)) }))
            guard case .absent = pending.writer else { return (false, pending.cells.count == 1) }
            pending.writer = .running
            return (true, false)
        }
        // The writer that gathers already needs no word of the next one.
        if isFirst { pending.wake() }
        guard needsWriter else { return }
        do throws(KernelError) {
            try WorkerThread.start("history") { [self] in write() }
        } catch {
            logger.warning("The history is written while cells wait: \(error)")
            flush()
            pending.change { $0.writer = .absent }
        }
    }

    /// The writing thread: gathers cells and writes them, until the store is closed.
    private func write() {
        while pending.wait(for: { $0.cells.isEmpty ? ($0.writer == .closing ? false : nil) : true }) {
            _ = pending.wait(until: .now + Self.gatherTime) { $0.writer == .closing ? () : nil }
            flush()
        }
        // Also what another thread took to write, for a reader, is written before this says that all is.
        store.withLock { _ in }
        pending.change { $0.writer = .absent }
    }

    /// Writes what was noted and ends the writing thread.
    ///
    /// - Parameter deadline: When to give up waiting for a slow disk; then the log says how much may be missing.
    /// - Returns: Whether everything was written.
    @discardableResult
    package func close(by deadline: Instant) -> Bool {
        pending.change { pending in
            if case .running = pending.writer { pending.writer = .closing }
        }
        let isWritten = pending.wait(until: deadline) { $0.writer == .absent ? true : nil } ?? false
        if !isWritten {
            logger.warning("The disk did not take the history in time: the last inputs may be missing in it.")
        } else if case .beside = store.withLock({ $0 }) {
            logger.warning("The history's file took no more: the last inputs are missing in it.")
            return false
        }
        return isWritten
    }

    /// The cells a query asks for, oldest first.
    package func entries(_ query: HistoryQuery) -> [HistoryEntry] {
        flush()
        return store.withLock { store in
            do { return try database(&store).entries(query) } catch {
                logger.warning("The history was not read: \(error)")
                return []
            }
        }
    }

    func inputsOfThisSession() -> [(line: Int, source: String)] {
        entries(.range(session: 0, from: 1, to: nil)).map { ($0.line, $0.source) }
    }

    /// Writes what was noted.
    private func flush() {
        guard pending.withLock({ !$0.cells.isEmpty }) else { return }
        store.withLock { store in
            let cells = pending.withLock { pending in
                defer { pending.cells = [] }
                return pending.cells
            }
            do { try write(cells, to: &store) } catch {
                logger.warning("The history was not written: \(error)")
            }
        }
    }

    private func write(_ cells: [HistoryDatabase.Cell], to store: inout Store) throws {
        let database = try database(&store)
        do {
            try database.write(cells)
            if case .beside = store {
                logger.notice("The history's file takes inputs again; nothing is missing in it.")
                store = .open(database)
            }
        } catch {
            if case .open = store { logger.warning("The history goes on in memory: \(error)") }
            store = .beside(database)
            try database.keep(cells)
        }
    }

    private func database(_ store: inout Store) throws -> HistoryDatabase {
        switch store {
        case .open(let database), .beside(let database): return database
        case .unopened: break
        }
        let database: HistoryDatabase
        do { database = try HistoryDatabase(path: location.preparedPath()) } catch {
            logger.warning("The history is kept in memory only: \(error)")
            database = try HistoryDatabase(path: nil)
        }
        store = .open(database)
        return database
    }
}
