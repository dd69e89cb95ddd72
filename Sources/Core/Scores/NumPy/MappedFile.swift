import Foundation
import Support

/// A file's bytes, mapped into memory and read only as they are touched.
///
/// Sendable without a lock because nothing about it changes after `init`: the mapping is private, read-only, and stays
/// until the last holder lets go. A program that shortens the file meanwhile pulls the pages from under it, which the
/// operating system answers with a signal; files being scored should be left alone.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// - Throws: ``UserError`` where the file cannot be opened or mapped.
    init(path: String) throws(UserError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw UserError(
                "FileError", "The file cannot be opened: \(String(cString: strerror(errno))).",
                place: .init(file: path), hint: "Check the path; relative ones start at the notebook's folder.")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw UserError("FileError", "This is not a regular file.", place: .init(file: path))
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            throw UserError("FileError", "The file is empty.", place: .init(file: path))
        }
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw UserError(
                "FileError", "The file cannot be mapped into memory: \(String(cString: strerror(errno))).",
                place: .init(file: path))
        }
        bytes = UnsafeRawBufferPointer(start: address, count: size)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}
