import Foundation
import JupyterKernel
import Support

/// Reads files of commands and queries, which people write and which are short.
package enum TextFile {
    private static let sizeLimit = 16 << 20

    /// The text of the file at `path`, without a byte order mark; that of standard input if the path is `-` and
    /// `context` is a terminal's.
    ///
    /// - Throws: `UserError` named `FileNotFound`, `FileTooLarge` or `FileNotReadable`.
    static func read(_ path: String, in context: any ExecutionContext) throws(UserError) -> String {
        let data =
            try path == "-" ? standardInput(of: context) : content(of: path, terminal: context as? TerminalContext)
        return try text(data, path)
    }

    /// The same, but the path always names a file.
    package static func read(_ path: String) throws(UserError) -> String {
        try text(content(of: path, terminal: nil), path)
    }

    private static func text(_ data: Data, _ path: String) throws(UserError) -> String {
        guard data.count <= sizeLimit else {
            throw UserError("FileTooLarge", "'\(path)' is too large for a file of commands.", place: .init(file: path))
        }
        let hasMark = data.starts(with: [0xEF, 0xBB, 0xBF])
        if let text = String(validating: data.dropFirst(hasMark ? 3 : 0), as: UTF8.self), !text.contains("\0") {
            return text
        }
        let isUTF16 = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
        throw UserError(
            "FileNotReadable", "'\(path)' is not readable as UTF-8 text.", place: .init(file: path),
            hint: isUTF16 ? "It is UTF-16: save it as UTF-8." : nil)
    }

    private static func standardInput(of context: any ExecutionContext) throws(UserError) -> Data {
        if let terminal = context as? TerminalContext {
            return try terminal.waiting { () throws(UserError) in try beginning(of: .standardInput, "-") }
        }
        throw UserError(
            "FileNotReadable", "'-' is standard input, which a notebook does not have.",
            hint: "Name a file; in a terminal the command can read from its input.")
    }

    private static func content(of path: String, terminal: TerminalContext?) throws(UserError) -> Data {
        let place = LocalPath(path)
        var status = stat()
        guard stat(place.text, &status) == 0 else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? []
            let near = NearestNames.nearest(to: place.name, in: names)
            throw UserError(
                "FileNotFound", "There is no file '\(path)'.", place: .init(file: path),
                hint: near.isEmpty
                    ? "Check the path; relative ones start at \(FileManager.default.currentDirectoryPath)."
                    : "Did you mean \(near.joined(separator: ", "))?")
        }
        let kind = status.st_mode & S_IFMT
        // A pipe that nobody writes to would block a session for ever; a terminal's command can be stopped.
        guard kind == S_IFREG || (terminal != nil && kind != S_IFDIR) else {
            let what = kind == S_IFDIR ? "a directory" : "no file but a pipe or a device"
            throw UserError("FileNotFound", "'\(path)' is \(what).", place: .init(file: path), hint: "Name a file.")
        }
        guard let file = FileHandle(forReadingAtPath: place.text) else {
            let reason = String(cString: strerror(errno))
            throw UserError("FileNotReadable", "'\(path)' cannot be read: \(reason).", place: .init(file: path))
        }
        guard let terminal else { return try beginning(of: file, path) }
        return try terminal.waiting { () throws(UserError) in try beginning(of: file, path) }
    }

    /// As much as a text may hold, and one byte more if there is more.
    private static func beginning(of file: FileHandle, _ path: String) throws(UserError) -> Data {
        do { return try file.read(upToCount: sizeLimit + 1) ?? Data() } catch {
            throw UserError(
                "FileNotReadable", "'\(path)' cannot be read: \(FileFailure.reason(error)).", place: .init(file: path))
        }
    }
}
