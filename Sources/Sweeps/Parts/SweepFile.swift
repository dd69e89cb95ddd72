import Support

/// The files of a sweep's folder.
public enum SweepFile {
    /// Writes `bytes` to `path` atomically.
    ///
    /// - Parameter isExclusive: whether an existing file stays.
    /// - Returns: whether the file is the new one.
    /// - Throws: `UserError` named `FileNotWritable`; then nothing has changed.
    @discardableResult
    public static func write(
        _ bytes: some Collection<UInt8>, to path: String, isExclusive: Bool = false
    ) throws(UserError) -> Bool {
        do { return try WholeFile(path).write(bytes, isExclusive: isExclusive) } catch { throw failure(path, error) }
    }

    /// The sentence for a system error.
    static func failure(_ path: String, _ failure: FileFailure) -> UserError {
        UserError(failure, path: path, whereFull: "Make room; the same command then does what is missing.")
    }
}
