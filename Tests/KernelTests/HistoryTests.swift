import Foundation
import JupyterKernel
import Testing

@Suite final class HistoryTests {
    private let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
        "history-\(UUID().uuidString)")

    private var path: String { directory.appendingPathComponent("deep/history.sqlite").path }

    deinit { try? FileManager.default.removeItem(at: directory) }

    @Test func sessionsAreCountedAndTheirCellsKept() throws {
        let path = try #require(try HistoryLocation.file(path).preparedPath())
        let first = try HistoryDatabase(path: path)
        try first.write([(1, "one", nil), (2, "two", "2")])
        let second = try HistoryDatabase(path: path)
        try second.write([(1, "three", nil)])
        #expect((first.session, second.session) == (1, 2))
        #expect(try second.tail(2).map(\.source) == ["two", "three"])
        #expect(try second.tail(0).isEmpty)
        #expect(try second.range(session: 0, from: 1, to: nil).map(\.source) == ["three"])
        #expect(try second.range(session: -1, from: 1, to: 3).map(\.source) == ["one", "two"])
        #expect(try second.range(session: 1, from: 2, to: 3).first?.output == "2")
        #expect(try second.range(session: 1, from: 1, to: 2).map(\.line) == [1])
    }

    @Test func searchTakesGlobsAndLeavesOutRepetitions() throws {
        let history = try HistoryDatabase(path: nil)
        try history.write([(1, "%zoo list", nil), (2, "%who", nil), (3, "%zoo list", nil), (4, "%zoo info", nil)])
        #expect(try history.search("%zoo*", last: nil, unique: false).map(\.line) == [1, 3, 4])
        #expect(try history.search("%zoo*", last: nil, unique: true).map(\.line) == [3, 4])
        #expect(try history.search("%zoo*", last: 1, unique: false).map(\.line) == [4])
        #expect(try history.search("%?ho", last: nil, unique: false).map(\.line) == [2])
        #expect(try history.search("'; DROP TABLE cell; --", last: nil, unique: false).isEmpty)
        #expect(try history.tail(10).count == 4)
    }

    @Test func noFileIsMadeWhereSomebodyElseCouldHavePlantedOne() throws {
        let files = FileManager.default
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        let victim = directory.appendingPathComponent("victim").path
        #expect(files.createFile(atPath: victim, contents: Data("precious".utf8)))
        let planted = directory.appendingPathComponent("history.sqlite").path
        try files.createSymbolicLink(atPath: planted, withDestinationPath: victim)
        #expect(throws: KernelError.self) { try HistoryLocation.file(planted).preparedPath() }
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path)
        #expect(throws: KernelError.self) {
            try HistoryLocation.file(directory.appendingPathComponent("new.sqlite").path).preparedPath()
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
