import Foundation

/// A file written atomically, on local and network disks: its new content is written beside it under another name,
/// flushed to disk, and renamed. However the program ends meanwhile, a reader finds the old file or the new one.
///
/// A symbolic link stays, and the file that it points to is written. Anything but a plain file is never replaced.
package struct WholeFile: Sendable {
    /// The file itself, at the end of any links.
    package let place: LocalPath
    /// The existing file's; `nil` if there is none yet.
    private let permissions: mode_t?

    /// Checks what is at `path`; `~` is not expanded.
    ///
    /// - Throws: ``FileFailure`` if something other than a plain file is there, or it cannot be checked.
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
        default: throw FileFailure(EINVAL, "it is not a plain file")
        }
        guard let real = realpath(path, nil) else { throw FileFailure(errno) }
        defer { free(real) }
        place = LocalPath(String(cString: real), home: nil)
        permissions = status.st_mode & 0o7777
    }

    /// Replaces the file's content.
    ///
    /// - Parameters:
    ///   - bytes: all of it.
    ///   - permissions: the new file's; if `nil`, the existing file's, or what the user's mask leaves.
    ///   - isExclusive: whether an existing file stays.
    /// - Returns: whether the file is the new one.
    /// - Throws: ``FileFailure``; then nothing has changed.
    @discardableResult
    package func write(
        _ bytes: some Collection<UInt8>, permissions: mode_t? = nil, isExclusive: Bool = false
    ) throws(FileFailure) -> Bool {
        try begin(bytes, permissions: permissions).finish(isExclusive: isExclusive)
    }

    /// Writes the new content beside the file, so that several files can be renamed together.
    ///
    /// - Throws: ``FileFailure``; then nothing has changed.
    package func begin(_ bytes: some Collection<UInt8>, permissions: mode_t? = nil) throws(FileFailure) -> Begun {
        // A name may be as long as the system allows, which leaves no room to extend it.
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let temporary = place.beside(".\(String(decoding: place.name.utf8.prefix(200), as: UTF8.self)).\(random).tmp")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions ?? 0o666)
        guard descriptor >= 0 else { throw FileFailure(errno) }
        var problem = SignalFree.write(bytes, to: descriptor) { false }
        if let permissions = permissions ?? self.permissions { fchmod(descriptor, permissions) }
        if problem == nil, fsync(descriptor) != 0, ![EINVAL, ENOTSUP].contains(errno) { problem = errno }
        // A network disk may report only here that it is full.
        if close(descriptor) != 0, problem == nil { problem = errno }
        if let problem {
            unlink(temporary)
            throw FileFailure(problem)
        }
        return Begun(place: place, temporary: temporary)
    }

    /// New content that waits beside its file.
    package struct Begun: Sendable {
        fileprivate let place: LocalPath
        fileprivate let temporary: String

        /// Renames it to the file's name.
        ///
        /// - Returns: whether it did; `false` if an existing file is to stay.
        /// - Throws: ``FileFailure``; then the file is unchanged.
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

    /// Removes temporary files that killed runs left of a file.
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

    /// Flushes a folder's entries to disk; if the file system cannot, only certainty is lost.
    private static func synchronise(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
