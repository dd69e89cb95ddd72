import Foundation
import Support

/// Files that are there whole or not at all, on this machine's disk and on a network's.
public enum WholeFile {
    /// Writes `bytes` to `path`: under another name first, brought to the disk, then renamed. Whatever ends the program
    /// meanwhile, the file is the old one or the new one.
    ///
    /// - Parameter isExclusive: whether a file that is there stays.
    /// - Returns: whether the file is the new one.
    /// - Throws: `UserError` named `FileNotWritable`; then there is nothing new.
    @discardableResult
    public static func write(
        _ bytes: some Collection<UInt8>, to path: String, isExclusive: Bool = false
    ) throws(UserError) -> Bool {
        let place = LocalPath(path, home: nil)
        let temporary = place.beside(temporaryName(for: place.name))
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var problem = put(Array(bytes), descriptor)
        if problem == nil, fsync(descriptor) != 0 { problem = errno }
        // A network's disk may tell only here that it is full.
        if close(descriptor) != 0, problem == nil { problem = errno }
        var isNew = true
        if problem == nil {
            if isExclusive {
                if link(temporary, path) != 0 {
                    isNew = false
                    if errno != EEXIST { problem = errno }
                }
                unlink(temporary)
            } else if rename(temporary, path) != 0 {
                problem = errno
            }
        }
        if let problem {
            unlink(temporary)
            throw failure(path, problem)
        }
        synchronise(folder: place.folder)
        return isNew
    }

    /// Removes what runs that were killed had begun of a file.
    public static func removeLeftovers(of name: String, in folder: String) {
        let manager = FileManager.default
        for file in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        where file.hasPrefix(".\(name).") && file.hasSuffix(".tmp") {
            unlink(folder + "/" + file)
        }
    }

    /// The sentence for an error of the system's.
    static func failure(_ path: String, _ number: Int32) -> UserError {
        UserError(
            "FileNotWritable", "'\(path)' cannot be written: \(String(cString: strerror(number))).",
            place: .init(file: path),
            hint: [ENOSPC, EDQUOT, EFBIG].contains(number)
                ? "Make room; the same command then does what is missing." : nil)
    }

    private static func temporaryName(for name: String) -> String {
        ".\(name).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    }

    private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer -> Int32? in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count > 0 {
                    done += count
                } else if count == 0 || errno != EINTR {
                    return count == 0 ? EIO : errno
                }
            }
            return nil
        }
    }

    /// Brings a folder's names to the disk; where the file system cannot, nothing is lost but certainty.
    private static func synchronise(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
