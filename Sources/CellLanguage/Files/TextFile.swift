import Foundation
import JupyterKernel
import Support

/// Reads files of commands and questions, which people write and which are short.
enum TextFile {
    private static let sizeLimit = 16 << 20

    /// The text of the file at `path`; that of standard input where the path is `-` and `context` is a terminal's.
    ///
    /// - Throws: `UserError` named `FileNotFound`, `FileTooLarge` or `FileNotReadable`.
    static func read(_ path: String, in context: any ExecutionContext) throws(UserError) -> String {
        let data: Data
        if path == "-" {
            guard context is TerminalContext else {
                throw UserError(
                    "FileNotReadable", "'-' is standard input, which a notebook does not have.",
                    hint: "Name a file; in a terminal the command can read from its input.")
            }
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            data = try content(of: path)
        }
        guard data.count <= sizeLimit else { throw tooLarge(path) }
        if let text = String(validating: data, as: UTF8.self), !text.contains("\0") { return text }
        let isUTF16 = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
        throw UserError(
            "FileNotReadable", "'\(path)' is no readable text in UTF-8.", place: .init(file: path),
            hint: isUTF16 ? "It is UTF-16: save it as UTF-8." : nil)
    }

    private static func content(of path: String) throws(UserError) -> Data {
        let place = LocalPath(path)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.text, isDirectory: &isDirectory), !isDirectory.boolValue
        else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? []
            let near = NearestNames.nearest(to: place.name, in: names)
            throw UserError(
                "FileNotFound", isDirectory.boolValue ? "'\(path)' is a directory." : "There is no file '\(path)'.",
                place: .init(file: path), hint: near.isEmpty ? nil : "Did you mean \(near.joined(separator: ", "))?")
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: place.text))?[.size] as? Int
        guard size ?? 0 <= sizeLimit else { throw tooLarge(path) }
        guard let data = FileManager.default.contents(atPath: place.text) else {
            throw UserError("FileNotReadable", "'\(path)' cannot be read.", place: .init(file: path))
        }
        return data
    }

    private static func tooLarge(_ path: String) -> UserError {
        UserError("FileTooLarge", "'\(path)' is too large for a file of commands.", place: .init(file: path))
    }
}
