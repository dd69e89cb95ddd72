import GRDB
import Logging

/// The cells that were run, in this session and those before it, in an SQLite database.
///
/// Opened when first needed, written by a thread of its own, so neither start nor cells wait for a disk. Where the
/// file cannot be used, the session's history is kept in memory and a warning says why.
final class HistoryStore: Sendable {
    /// How long cells are gathered before they are written, in milliseconds.
    private static let gatherTime = 300
    /// Longer outputs are cut in the history, in characters.
    private static let longestOutput = 16_384

    private struct Pending {
        var entries: [(line: Int, source: String, output: String?)] = []
        var hasWriter = false
        var isClosed = false
    }

    private struct Store {
        var database: HistoryDatabase?
    }

    private let location: HistoryLocation
    private let logger: Logger
    private let pending = Monitor(Pending())
    private let store = Monitor(Store())

    init(location: HistoryLocation, logger: Logger) {
        self.location = location
        self.logger = logger
    }

    /// Notes a cell; returns at once.
    func record(line: Int, source: String, output: String?) {
        let (needsWriter, isFirst) = pending.withLock { pending in
            pending.entries.append((line, source, output.map { String($0.prefix(Self.longestOutput)) }))
            defer { pending.hasWriter = true }
            return (!pending.hasWriter, pending.entries.count == 1)
        }
        // The writer that gathers already needs no word of the next one.
        if isFirst { pending.wake() }
        guard needsWriter else { return }
        WorkerThread.start("history") { [self] in
            while pending.wait(for: { $0.entries.isEmpty ? ($0.isClosed ? false : nil) : true }) {
                _ = pending.wait(until: .now + Self.gatherTime) { $0.isClosed ? () : nil }
                flush()
            }
        }
    }

    /// Writes what was noted and ends the writing thread.
    func close() {
        flush()
        pending.change { $0.isClosed = true }
    }

    /// Writes what was noted.
    func flush() {
        guard pending.withLock({ !$0.entries.isEmpty }) else { return }
        store.withLock { store in
            let entries = pending.withLock { pending in
                defer { pending.entries = [] }
                return pending.entries
            }
            do { try open(&store).write(entries) } catch {
                logger.warning("The history was not written: \(error)")
            }
        }
    }

    /// The last `count` cells of all sessions, oldest first.
    func tail(_ count: Int?) -> [HistoryEntry] { read { try $0.tail(count ?? 1_000) } }

    /// Cells `start` up to but without `stop` of a session; 0 is this one, negative ones count back from it.
    func range(session: Int, from start: Int, to stop: Int?) -> [HistoryEntry] {
        read { try $0.range(session: session, from: start, to: stop) }
    }

    /// Cells whose source matches a glob pattern, oldest first.
    func search(_ pattern: String, last count: Int?, unique: Bool) -> [HistoryEntry] {
        read { try $0.search(pattern, last: count, unique: unique) }
    }

    func inputsOfThisSession() -> [(line: Int, source: String)] {
        range(session: 0, from: 1, to: nil).map { ($0.line, $0.source) }
    }

    private func read(_ query: (HistoryDatabase) throws -> [HistoryEntry]) -> [HistoryEntry] {
        flush()
        return store.withLock { store in
            do { return try query(open(&store)) } catch {
                logger.warning("The history was not read: \(error)")
                return []
            }
        }
    }

    private func open(_ store: inout Store) throws -> HistoryDatabase {
        if let database = store.database { return database }
        let database: HistoryDatabase
        do { database = try HistoryDatabase(path: location.preparedPath()) } catch {
            logger.warning("The history is kept in memory only: \(error)")
            database = try HistoryDatabase(path: nil)
        }
        store.database = database
        return database
    }
}
