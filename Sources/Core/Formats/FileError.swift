/// What can go wrong with a file before its first byte is looked at.
public enum FileError: Error, Sendable, Equatable {
    case notFound(path: String)
    /// It is there and cannot be read.
    case notReadable(path: String)
    /// A folder, a device or a pipe.
    case notRegular(path: String)
    case empty(path: String)
    /// The operating system would not open it; `code` is its `errno`.
    case notOpened(path: String, code: Int32)
    /// The operating system would not map it into memory; `code` is its `errno`.
    case notMapped(path: String, code: Int32)
}
