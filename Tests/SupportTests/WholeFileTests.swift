import Foundation
import Support
import TestSupport
import Testing

@Suite struct WholeFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func path(_ name: String) -> String { directory.path + "/" + name }
    private func content(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
    }

    private func permissions(_ name: String) -> mode_t {
        var status = stat()
        stat(path(name), &status)
        return status.st_mode & 0o777
    }

    @Test func aFileIsReplacedAndKeepsItsPermissionsUnlessOthersAreGiven() throws {
        try directory.write("old", to: "a")
        chmod(path("a"), 0o640)
        try WholeFile(path("a")).write("new".utf8)
        #expect(try content("a") == "new")
        #expect(permissions("a") == 0o640)
        try WholeFile(path("a")).write("newer".utf8, permissions: 0o600)
        #expect(permissions("a") == 0o600)
        #expect(try names == ["a"])
    }

    @Test func aReaderFindsTheOldFileUntilTheNewOneIsWhole() throws {
        try directory.write("old", to: "a")
        let begun = try WholeFile(path("a")).begin("new".utf8)
        #expect(try content("a") == "old")
        try begun.finish()
        #expect(try content("a") == "new")
        try WholeFile(path("a")).begin("never".utf8).discard()
        #expect(try content("a") == "new")
        #expect(try names == ["a"])
    }

    @Test func aFileThatIsThereStaysWhereThatIsAsked() throws {
        #expect(try WholeFile(path("a")).write("one".utf8, isExclusive: true))
        #expect(try !WholeFile(path("a")).write("two".utf8, isExclusive: true))
        #expect(try content("a") == "one")
        #expect(try names == ["a"])
    }

    @Test func aLinkStaysAndTheFileBehindItIsWritten() throws {
        try FileManager.default.createDirectory(atPath: path("far"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "far/not-yet")
        for text in ["made", "replaced"] {
            try WholeFile(path("link")).write(text.utf8)
            #expect(try content("far/not-yet") == text)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link")) == "far/not-yet")
        }
    }

    @Test func whatIsNoPlainFileIsNeverReplaced() throws {
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: path("device"), withDestinationPath: "/dev/null")
        try FileManager.default.createSymbolicLink(atPath: path("loop"), withDestinationPath: "loop")
        for name in ["pipe", "device", "loop", ""] {
            #expect(throws: FileFailure.self) { try WholeFile(path(name)).write("x".utf8) }
        }
        #expect(try names == ["device", "loop", "pipe"])
    }

    @Test func aNameAsLongAsTheSystemAllowsCanBeWritten() throws {
        let name = String(repeating: "é", count: 127)
        try WholeFile(path(name)).write("x".utf8)
        #expect(try names == [name])
    }

    @Test func whatCannotBeWrittenLeavesNothingNew() throws {
        let failure = #expect(throws: FileFailure.self) { try WholeFile(path("none/a")).write("x".utf8) }
        #expect(failure?.number == ENOENT)
        #expect(try names == [])
    }

    @Test func aFolderIsLookedAtBeforeItIsMade() throws {
        try directory.write("x", to: "file")
        #expect(FolderPlace.obstacle(path("new/newer")) == nil)
        #expect(FolderPlace.obstacle(directory.path) == nil)
        #expect(FolderPlace.obstacle("new") == nil)
        #expect(FolderPlace.obstacle("/proc/new") != nil)
        #expect(FolderPlace.obstacle(path("file")) != nil)
        #expect(FolderPlace.obstacle(path("file/new")) != nil)
        #expect(try names == ["file"])
    }
}
