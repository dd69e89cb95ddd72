import Foundation

/// A directory of files that is gone when the test is.
final class TemporaryZoo {
    private let directory: TemporaryDirectory
    var url: URL { directory.url }
    var path: String { directory.path }

    init(_ files: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        for (name, text) in files { try write(text, to: name) }
    }

    func write(_ text: String, to name: String) throws { try directory.write(text, to: name) }
}
