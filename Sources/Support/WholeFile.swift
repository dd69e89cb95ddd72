import Foundation

/// A file that is there whole or not at all, on this machine's disk and on a network's: its new content is written beside
/// it under another name, brought to the disk, and renamed. Whatever ends the program meanwhile, a reader finds the old
/// file or the new one.
///
/// Through a symbolic link the file that it points to is written, and the link stays. What is no plain file is never
/// replaced.
package struct WholeFile: Sendable {
    /// The file itself, at the end of any links.
    package let place: LocalPath
    /// Of the file that is there; `nil` where there is none yet.
    private let permissions: mode_t?

    /// Looks at what is at `path`; `~` is not expanded.
    ///
    /// - Throws: ``FileFailure`` where something else than a plain file is there, or it cannot be looked at.
    package init(_ path: String) throws(FileFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw FileFailure(errno) }
            // Nothing is there yet, or a link to nothing.
            place = Self.followingLinks(LocalPath(path, home: nil))
            permissions = nil
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw FileFailure(EISDIR)
        default: throw FileFailure(EINVAL, "it is no plain file")
        }
        guard let real = realpath(path, nil) else { throw FileFailure(errno) }
        defer { free(real) }
        place = LocalPath(String(cString: real), home: nil)
        permissions = status.st_mode & 0o7777
    }

    /// Gives the file a new content.
    ///
    /// - Parameters:
    ///   - bytes: all of it.
    ///   - permissions: those of the new file; those of the one that is there, or what the user's mask leaves, where `nil`.
    ///   - isExclusive: whether a file that is there stays.
    /// - Returns: whether the file is the new one.
    /// - Throws: ``FileFailure``; then there is nothing new.
    @discardableResult
    package func write(
        _ bytes: some Collection<UInt8>, permissions: mode_t? = nil, isExclusive: Bool = false
    ) throws(FileFailure) -> Bool {
        try begin(bytes, permissions: permissions).finish(isExclusive: isExclusive)
    }

    /// Writes the new content beside the file, for several to take their places together.
    ///
    /// - Throws: ``FileFailure``; then there is nothing new.
    package func begin(_ bytes: some Collection<UInt8>, permissions: mode_t? = nil) throws(FileFailure) -> Begun {
        // A name may be as long as the system allows, and then there is no room beside it.
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let temporary = place.beside(".\(String(decoding: place.name.utf8.prefix(200), as: UTF8.self)).\(random).tmp")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions ?? 0o666)
        guard descriptor >= 0 else { throw FileFailure(errno) }
        var problem = SignalFree.write(bytes, to: descriptor) { false }
        if let permissions = permissions ?? self.permissions { fchmod(descriptor, permissions) }
        if problem == nil, fsync(descriptor) != 0, ![EINVAL, ENOTSUP].contains(errno) { problem = errno }
        // A network's disk may tell only here that it is full.
        if close(descriptor) != 0, problem == nil { problem = errno }
        if let problem {
            unlink(temporary)
            throw FileFailure(problem)
        }
        return Begun(place: place, temporary: temporary)
    }

    /// A new content that lies beside its file.
    package struct Begun: Sendable {
        fileprivate let place: LocalPath
        fileprivate let temporary: String

        /// Lets it take the file's place.
        ///
        /// - Returns: whether it did; `false` where a file is there that is to stay.
        /// - Throws: ``FileFailure``; then the file is as it was.
        @discardableResult
        package func finish(isExclusive: Bool = false) throws(FileFailure) -> Bool {
            if isExclusive {
                let (isNew, number) = (link(temporary, place.text) == 0, errno)
                unlink(temporary)
                if !isNew, number != EEXIST { throw FileFailure(number) }
                WholeFile.synchronise(folder: place.folder)
                return isNew
            }
            guard rename(temporary, place.text) == 0 else {
                let number = errno
                unlink(temporary)
                throw FileFailure(number)
            }
            WholeFile.synchronise(folder: place.folder)
            return true
        }

        /// Removes it.
        package func discard() { unlink(temporary) }
    }

    /// Removes what runs that were killed had begun of a file.
    package static func removeLeftovers(of name: String, in folder: String) {
        let manager = FileManager.default
        for file in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        where file.hasPrefix(".\(name).") && file.hasSuffix(".tmp") {
            unlink(folder + "/" + file)
        }
    }

    private static func followingLinks(_ file: LocalPath) -> LocalPath {
        var file = file
        for _ in 0..<40 {
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file.text) else { break }
            file = LocalPath(target.hasPrefix("/") ? target : file.beside(target), home: nil)
        }
        return file
    }

    /// Brings a folder's names to the disk; where the file system cannot, nothing is lost but certainty.
    private static func synchronise(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
