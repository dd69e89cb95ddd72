import Foundation
import Glibc

extension ConnectionFile {
    /// What the user should know about the file at `path`: sentences, none where all is well.
    public static func warnings(path: String) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & (S_IRGRP | S_IROTH) != 0 else { return [] }
        return ["Others can read \(path) and with the key in it run code here; chmod 600 makes it private."]
    }

    /// Writes the ports that the system chose into the file at `path`, so that clients find them there.
    ///
    /// Does nothing where every port was given, or where a registration service is told them. The new file is
    /// readable by the user alone and takes the old one's place in one step, also where that is a symbolic link.
    ///
    /// - Throws: ``KernelError`` where the file cannot be written; then the old one is as it was.
    public func write(ports chosen: [ChannelName: String], to path: String) throws(KernelError) {
        guard registration == nil, transport == .tcp, case .object(var members) = json else { return }
        let missing = ChannelName.allCases.filter { (ports[$0] ?? 0) == 0 }
        guard !missing.isEmpty else { return }
        for channel in missing {
            members["\(channel.rawValue)_port"] = .integer(chosen[channel].flatMap { Int($0) } ?? 0)
        }
        let bytes = JSON.object(members).serialized
        let fresh = "\(path).\(randomIdentifier())"
        let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.unwritten(path, errno) }
        var problem = Self.write(bytes, to: file)
        if close(file) != 0, problem == 0 { problem = errno }
        if problem == 0, rename(fresh, path) != 0 { problem = errno }
        guard problem == 0 else {
            unlink(fresh)
            throw Self.unwritten(path, problem)
        }
    }

    /// Writes all of the bytes.
    ///
    /// - Returns: The number of the system's error; 0 where there was none.
    private static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return 0
    }

    private static func unwritten(_ path: String, _ problem: Int32) -> KernelError {
        let reason = String(cString: strerror(problem))
        return KernelError("The ports were not written to \(path), so nobody could find the kernel: \(reason).")
    }
}
