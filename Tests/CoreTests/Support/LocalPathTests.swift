import Foundation
import Testing
import TransferGraphCore

@Suite struct LocalPathTests {
    /// As POSIX `dirname` and `basename` give them.
    @Test(arguments: [
        ("a", ".", "a"), ("", ".", ""), ("/", "/", ""), ("//", "/", ""), ("/a", "/", "a"), ("a/", ".", "a"),
        ("a/b", "a", "b"), ("/a/b", "/a", "b"), ("a//b//", "a", "b"), ("é", ".", "é"), (".", ".", "."),
        ("../x.tg", "..", "x.tg"),
    ])
    func pathsAreCutAtTheirLastSlash(path: String, folder: String, name: String) {
        let cut = LocalPath(path)
        #expect(cut.folder == folder && cut.name == name)
    }

    /// As a shell expands it.
    @Test(arguments: [
        ("~", "/elsewhere"), ("~/a", "/elsewhere/a"), ("~/", "/elsewhere/"), ("a/~", "a/~"), ("~a~", "~a~"),
    ])
    func aTildeIsTheDirectoryThatHomeNames(typed: String, path: String) {
        #expect(LocalPath(typed, home: "/elsewhere").text == path)
    }

    @Test func withoutHomeATildeIsWhatTheSystemSays() {
        for home in [nil, ""] {
            let path = LocalPath("~/a", home: home).text
            #expect(path.hasPrefix("/") && path.hasSuffix("/a") && !path.contains("~"))
        }
    }

    @Test func endingsAreInSmallLetters() {
        #expect(["a", "a.CSV", "b.tar.gz", ".", "a.b/c"].map { LocalPath($0).ending } == ["", "csv", "gz", "", ""])
    }

    @Test func whatIsBesideIsInTheSameFolder() {
        #expect(["a", "/a", "a/b", "/a/b"].map { LocalPath($0).beside("x") } == ["./x", "/x", "a/x", "/a/x"])
    }
}
