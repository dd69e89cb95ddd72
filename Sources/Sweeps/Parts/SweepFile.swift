import Foundation
import Support

/// The files of a sweep's folder.
public enum SweepFile {
    /// The version of their layout, which each of them names; files that name none are of the first.
    public static let version = 1

    private struct Mark: Decodable { let version: Int? }

    /// Refuses what a later version of the program wrote, which may mean something else.
    ///
    /// - Parameter json: the file, or its first line.
    /// - Throws: `UserError` named `PartError`.
    static func refuseLater(_ json: some Collection<UInt8>, of path: String) throws(UserError) {
        guard let written = (try? JSONDecoder().decode(Mark.self, from: Data(json)))?.version else { return }
        try refuseLater(written, of: path)
    }

    /// Refuses the layout of a later version of the program.
    ///
    /// - Throws: `UserError` named `PartError`.
    public static func refuseLater(_ written: Int, of path: String) throws(UserError) {
        if written <= version { return }
        throw UserError(
            "PartError",
            "'\(path)' was written by a later version: its layout is number \(written), and this program knows \(version).",
            place: .init(file: path), hint: "Go on with the later version, or choose another folder.")
    }

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
