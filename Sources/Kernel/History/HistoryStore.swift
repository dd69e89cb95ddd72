import Logging

/// The cells run in this session and earlier ones, in an SQLite database.
///
/// Opened when first needed and written by its own thread, so neither start nor cells wait for a disk. If the file
/// cannot be used, or the disk is full, the history goes on in memory and a warning says why.
package final class HistoryStore: Sendable {
    /// How long cells are gathered before they are written, in milliseconds.
    private static let gatherTime = 300
    /// The length at which outputs are truncated, in characters.
    private static let longestOutput = 16_384

    /// The state of the writing thread.
    private enum Writer {
        case absent
        case running
        /// It writes what is pending and ends.
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
        /// Writing to the file failed; every write retries it.
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

    /// Queues a cell for writing; returns at once.
    package func record(line: Int, source: String, output: String?) {
        let (needsWriter, isFirst) = pending.withLock { pending in
            pending.cells.append((line, source, output.map { String($0.prefix(Self.longestOutput)) }))
            guard case .absent = pending.writer else { return (false, pending.cells.count == 1) }
            pending.writer = .running
            return (true, false)
        }
        // A writer that is already gathering need not be woken again.
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
        // Waits for a reader's thread that may still be writing, before this reports that all is written.
        store.withLock { _ in }
        pending.change { $0.writer = .absent }
    }

    /// Writes what is pending and ends the writing thread.
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
            logger.warning("The disk did not take the history in time: the last inputs may be missing from it.")
        } else if case .beside = store.withLock({ $0 }) {
            logger.warning("The history file could not be written: the last inputs are missing from it.")
            return false
        }
        return isWritten
    }

    /// The cells that a query asks for, oldest first.
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

    /// Writes what is pending.
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
                logger.notice("The history file can be written again; nothing is missing from it.")
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
