import Foundation
import GRDB
import JupyterKernel
import Logging
import Testing

@Suite final class HistoryTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/deep/history.sqlite" }

    init() throws { directory = try TemporaryDirectory() }

    @Test func sessionsAreCountedAndTheirCellsKept() throws {
        let path = try #require(try HistoryLocation.file(path).preparedPath())
        let first = try HistoryDatabase(path: path)
        try first.write([(1, "one", nil), (2, "two", "2")])
        let second = try HistoryDatabase(path: path)
        try second.write([(1, "three", nil)])
        #expect((first.session, second.session) == (1, 2))
        #expect(try second.entries(.tail(2)).map(\.source) == ["two", "three"])
        #expect(try second.entries(.tail(0)).isEmpty)
        #expect(try second.entries(.range(session: 0, from: 1, to: nil)).map(\.source) == ["three"])
        #expect(try second.entries(.range(session: -1, from: 1, to: 3)).map(\.source) == ["one", "two"])
        #expect(try second.entries(.range(session: 1, from: 2, to: 3)).first?.output == "2")
        #expect(try second.entries(.range(session: 1, from: 1, to: 2)).map(\.line) == [1])
    }

    @Test func aFileOfALaterVersionIsLeftAloneAndAnOlderOneIsTaken() throws {
        let path = try #require(try HistoryLocation.file(path).preparedPath())
        try HistoryDatabase(path: path).write([(1, "one", nil)])
        let file = try DatabaseQueue(path: path)
        #expect(try file.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        try file.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 0") }
        #expect(try HistoryDatabase(path: path).entries(.tail(9)).map(\.source) == ["one"])
        try file.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 2") }
        #expect(throws: KernelError.self) { try HistoryDatabase(path: path) }
        #expect(try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM session") } == 2)
        let lines = RecordedLog()
        let store = HistoryStore(location: .file(path), logger: lines.logger)
        store.record(line: 1, source: "two", output: nil)
        #expect(store.entries(.tail(9)).map(\.source) == ["two"])
        #expect(lines.all.contains { $0.contains("later version") })
    }

    @Test func searchTakesGlobsAndLeavesOutRepetitions() throws {
        let history = try HistoryDatabase(path: nil)
        try history.write([(1, "%zoo list", nil), (2, "%who", nil), (3, "%zoo list", nil), (4, "%zoo info", nil)])
        #expect(try history.entries(.search("%zoo*", last: nil, unique: false)).map(\.line) == [1, 3, 4])
        #expect(try history.entries(.search("%zoo*", last: nil, unique: true)).map(\.line) == [3, 4])
        #expect(try history.entries(.search("%zoo*", last: 1, unique: false)).map(\.line) == [4])
        #expect(try history.entries(.search("%?ho", last: nil, unique: false)).map(\.line) == [2])
        #expect(try history.entries(.search("'; DROP TABLE cell; --", last: nil, unique: false)).isEmpty)
        #expect(try history.entries(.tail(10)).count == 4)
    }

    @Test func whatTheFileDoesNotTakeIsKeptBesideItAndWrittenWhenItDoes() throws {
        let path = try #require(try HistoryLocation.file(path).preparedPath())
        let history = try HistoryDatabase(path: path)
        try history.write([(1, "one", "1")])
        try history.keep([(2, "two", nil), (3, "one", "3")])
        #expect(try history.entries(.tail(5)).map(\.source) == ["one", "two", "one"])
        #expect(try history.entries(.tail(1)).map(\.line) == [3])
        #expect(try history.entries(.range(session: 0, from: 2, to: nil)).map(\.line) == [2, 3])
        #expect(try history.entries(.search("*", last: nil, unique: true)).map(\.line) == [2, 3])
        #expect(try Self.sources(path) == ["one"])
        try history.write([(4, "four", nil)])
        #expect(try Self.sources(path) == ["one", "two", "one", "four"])
        #expect(try history.entries(.tail(5)).map(\.line) == [1, 2, 3, 4])
    }

    /// The disk is so slow that the writer is still at it when the kernel ends.
    @Test func closingWaitsUntilTheLastInputIsWritten() throws {
        let path = path
        let store = HistoryStore(location: .file(path), logger: Logger(label: "test"))
        store.record(line: 1, source: "first", output: nil)
        #expect(store.entries(.tail(1)).map(\.source) == ["first"])
        let other = try Self.anotherProgram(path)
        let isLocked = Monitor(false)
        try WorkerThread.start("other") {
            try? other.inDatabase { database in
                try database.execute(sql: "BEGIN EXCLUSIVE")
                isLocked.change { $0 = true }
                Instant.sleep(milliseconds: 1_500)
                try database.execute(sql: "COMMIT")
            }
        }
        isLocked.wait { $0 ? () : nil }
        store.record(line: 2, source: "last", output: nil)
        // Until the writer has gathered and waits for the file.
        Instant.sleep(milliseconds: 600)
        let start = Instant.now
        #expect(store.close(by: start + 5_000))
        #expect(try Self.sources(path) == ["first", "last"])
    }

    @Test func closingGivesUpOnADiskThatTakesTooLongAndSaysSo() throws {
        let path = path
        let lines = RecordedLog()
        let store = HistoryStore(location: .file(path), logger: lines.logger)
        store.record(line: 1, source: "first", output: nil)
        _ = store.entries(.tail(1))
        let other = try Self.anotherProgram(path)
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        store.record(line: 2, source: "last", output: nil)
        let start = Instant.now
        #expect(!store.close(by: start + 300))
        #expect(Instant.now < start + 2_000)
        #expect(lines.all.contains { $0.contains("did not take the history in time") })
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(store.close(by: .now + 10_000))
        #expect(try Self.sources(path) == ["first", "last"])
    }

    /// A trigger stands in for a disk that is full.
    @Test func theHistoryGoesOnInMemoryWithOneWarning() throws {
        let path = path
        let lines = RecordedLog()
        let store = HistoryStore(location: .file(path), logger: lines.logger)
        store.record(line: 1, source: "first", output: nil)
        #expect(store.entries(.tail(9)).count == 1)
        let other = try DatabaseQueue(path: path)
        try other.inDatabase {
            try $0.execute(
                sql: "CREATE TRIGGER full BEFORE INSERT ON cell BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
        }
        for line in 2...4 {
            store.record(line: line, source: "cell \(line)", output: nil)
            #expect(store.entries(.tail(9)).count == line)
        }
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.contains("goes on in memory") == true)
        try other.inDatabase { try $0.execute(sql: "DROP TRIGGER full") }
        store.record(line: 5, source: "cell 5", output: nil)
        #expect(store.close(by: .now + 5_000))
        #expect(try Self.sources(path) == ["first", "cell 2", "cell 3", "cell 4", "cell 5"])
    }

    @Test func aStoreThatNothingWasPutIntoClosesAtOnce() {
        let start = Instant.now
        #expect(HistoryStore(location: .file(path), logger: Logger(label: "test")).close(by: start + 5_000))
        #expect(Instant.now < start + 1_000)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    /// A connection that may hold the file locked for as long as it likes.
    private static func anotherProgram(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// What another program finds in the file.
    private static func sources(_ path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "SELECT source FROM cell ORDER BY id") }
    }

    @Test func noFileIsMadeWhereSomebodyElseCouldHavePlantedOne() throws {
        let files = FileManager.default
        let victim = directory.path + "/victim"
        #expect(files.createFile(atPath: victim, contents: Data("precious".utf8)))
        let planted = directory.path + "/history.sqlite"
        try files.createSymbolicLink(atPath: planted, withDestinationPath: victim)
        #expect(throws: KernelError.self) { try HistoryLocation.file(planted).preparedPath() }
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path)
        #expect(throws: KernelError.self) {
            try HistoryLocation.file(directory.path + "/new.sqlite").preparedPath()
        }
    }

    @Test(
        arguments: [
            (["TRANSFERGRAPH_HISTORY": "/x/y.sqlite", "HOME": "/h"], "/x/y.sqlite"),
            (["XDG_DATA_HOME": "/data", "HOME": "/h"], "/data/transfergraph/history.sqlite"),
            (["HOME": "/h"], "/h/.local/share/transfergraph/history.sqlite"),
            (["TRANSFERGRAPH_HISTORY": ":memory:", "HOME": "/h"], nil), ([:], nil),
        ] as [([String: String], String?)])
    func theFileLiesWhereTheEnvironmentSays(environment: [String: String], expected: String?) {
        var path: String?
        if case .file(let file) = HistoryLocation.standard(for: "transfergraph", environment: environment) {
            path = file
        }
        #expect(path == expected)
    }
}
