import Glibc

/// Where the history is stored.
public enum HistoryLocation: Sendable {
    /// Nothing is kept beyond the session.
    case memory
    /// A file; it and its directory are created if missing.
    case file(String)

    /// The place of a program's history: the variable `PROGRAM_HISTORY` (`:memory:` for none), else `history.sqlite`
    /// under the user's data directory (XDG).
    public static func standard(for program: String, environment: [String: String]) -> HistoryLocation {
        if let path = environment["\(program.uppercased())_HISTORY"], !path.isEmpty {
            return path == ":memory:" ? .memory : .file(path)
        }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return .file("\(data)/\(program)/history.sqlite")
        }
        guard let home = environment["HOME"], !home.isEmpty else { return .memory }
        return .file("\(home)/.local/share/\(program)/history.sqlite")
    }

    /// The path, once its directory exists and is known to be the user's own.
    ///
    /// SQLite follows symbolic links and makes files beside its own. In a directory that only the user can write to,
    /// nobody else can have planted a link; so no other directory is accepted.
    ///
    /// - Throws: ``KernelError`` if somebody else could have put something there.
    package func preparedPath() throws(KernelError) -> String? {
        guard case .file(let path) = self else { return nil }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        makeDirectories(directory.isEmpty ? "/" : directory)
        var status = stat()
        guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw KernelError("The directory \(directory) cannot be made.")
        }
        guard status.st_uid == getuid(), status.st_mode & S_IWOTH == 0 else {
            throw KernelError("The directory \(directory) is not the user's own.")
        }
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK || status.st_uid != getuid() {
            throw KernelError("The file \(path) is a symbolic link or somebody else's.")
        }
        return path
    }

    private func makeDirectories(_ path: String) {
        guard path != "/", mkdir(path, 0o777) != 0, errno == ENOENT, let slash = path.lastIndex(of: "/") else { return }
        makeDirectories(String(path[..<slash]))
        mkdir(path, 0o777)
    }
}
