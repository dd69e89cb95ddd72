import Support

/// The files of a sweep's folder.
public enum SweepFile {
    /// Writes `bytes` to `path`, whole or not at all.
    ///
    /// - Parameter isExclusive: whether a file that is there stays.
    /// - Returns: whether the file is the new one.
    /// - Throws: `UserError` named `FileNotWritable`; then there is nothing new.
    @discardableResult
    public static func write(
        _ bytes: some Collection<UInt8>, to path: String, isExclusive: Bool = false
    ) throws(UserError) -> Bool {
        do { return try WholeFile(path).write(bytes, isExclusive: isExclusive) } catch { throw failure(path, error) }
    }

    /// The sentence for an error of the system's.
    static func failure(_ path: String, _ failure: FileFailure) -> UserError {
        UserError(failure, path: path, whereFull: "Make room; the same command then does what is missing.")
    }
}
