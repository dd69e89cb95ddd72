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
        guard file >= 0 else { throw KernelError(String(cString: strerror(errno))) }
        let isWritten = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count
        guard close(file) == 0, isWritten, rename(fresh, path) == 0 else {
            defer { unlink(fresh) }
            throw KernelError(String(cString: strerror(errno)))
        }
    }
}
