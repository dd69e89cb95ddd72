import Foundation

/// A file's bytes, mapped into memory and read only as they are touched; or those of a part of one, unpacked where it was
/// packed.
///
/// Sendable without a lock because nothing about it changes after `init`: the bytes are private, read-only, and stay
/// until the last holder lets go. A program that shortens the file meanwhile pulls the pages from under it, which the
/// operating system answers with a signal; files being scored should be left alone.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let backing: Backing

    private enum Backing {
        case mapping
        case memory
        /// The file that the bytes are a part of, which lives as long.
        case part(MappedFile)
    }

    /// - Throws: ``FileError`` where the file cannot be opened or mapped.
    init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .notOpened(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .notRegular(path: path)
        }
        let size = Int(status.st_size)
        guard size > 0 else { throw .empty(path: path) }
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw .notMapped(path: path, code: errno)
        }
        bytes = UnsafeRawBufferPointer(start: address, count: size)
        backing = .mapping
    }

    /// A part of a file.
    ///
    /// - Precondition: the range is within the file's bytes.
    init(_ file: MappedFile, range: Range<Int>) {
        bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
        backing = .part(file)
    }

    /// `count` bytes that `fill` writes; `nil` where it says no.
    init?(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Bool) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
        bytes = UnsafeRawBufferPointer(start: buffer.baseAddress, count: count)
        backing = .memory
        if !fill(UnsafeMutableRawBufferPointer(rebasing: buffer[0..<count])) { return nil }
    }

    deinit {
        switch backing {
        case .mapping: munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        case .memory: UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.deallocate()
        case .part: break
        }
    }
}
