import CellLanguage
import Foundation
import TransferGraphCore

/// Writes files whole or not at all.
enum FileOutput {
    /// Puts `text` into the file at `path`, in place of what was there.
    ///
    /// It is written beside it under another name and then renamed, so that a reader never sees half a file, and a
    /// symbolic link at `path` is replaced rather than followed.
    ///
    /// - Throws: `UserError` named `FileNotWritable`.
    static func write(_ text: String, to path: String) throws(UserError) {
        let place = LocalPath(path)
        let (expanded, folder, name) = (place.text, place.folder, place.name)
        var isDirectory: ObjCBool = false
        guard !name.isEmpty,
            FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory),
            isDirectory.boolValue
        else {
            throw UserError(
                "FileNotWritable", "There is no directory '\(folder)' to write '\(name)' to.", place: .init(file: path),
                hint: "Make the directory first.")
        }
        if FileManager.default.fileExists(atPath: expanded, isDirectory: &isDirectory), isDirectory.boolValue {
            throw UserError(
                "FileNotWritable", "'\(path)' is a directory.", place: .init(file: path), hint: "Name a file.")
        }
        // A device or a pipe is nobody's file to replace; a file that was there keeps its permissions.
        var status = stat()
        let exists = lstat(expanded, &status) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind != S_IFREG, kind != S_IFLNK {
            throw UserError(
                "FileNotWritable", "'\(path)' is a device, a pipe or a socket.", place: .init(file: path),
                hint: "Name a file.")
        }
        let temporary = place.beside(".\(name).\(UInt64.random(in: .min ... .max)).tmp")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path) }
        var isWhole = true
        var rest = Array(text.utf8)[...]
        while isWhole, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                isWhole = false
            }
        }
        if exists, kind == S_IFREG { fchmod(descriptor, status.st_mode & 0o777) }
        isWhole = close(descriptor) == 0 && isWhole && rename(temporary, expanded) == 0
        if !isWhole {
            let reason = failure(path)
            unlink(temporary)
            throw reason
        }
    }

    private static func failure(_ path: String) -> UserError {
        UserError(
            "FileNotWritable", "'\(path)' cannot be written: \(String(cString: strerror(errno))).",
            place: .init(file: path))
    }
}
