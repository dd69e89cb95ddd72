import Foundation
import Glibc
import Support

extension ConnectionFile {
    /// Warnings for the user about the file at `path`; empty if all is well.
    public static func warnings(path: String) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & (S_IRGRP | S_IROTH) != 0 else { return [] }
        return ["Others can read \(path) and run code here with the key in it; chmod 600 makes it private."]
    }

    /// Writes the ports that the system chose into the file at `path`, so that clients find them there.
    ///
    /// Does nothing if every port was given, or if a registration service receives them. The new file is readable by
    /// the user alone and replaces the old one atomically; of a symbolic link, the target is replaced.
    ///
    /// - Throws: ``KernelError`` if the file cannot be written; then the old one is unchanged.
    public func write(ports chosen: [ChannelName: String], to path: String) throws(KernelError) {
        guard registration == nil, transport == .tcp, case .object(var members) = json else { return }
        let missing = ChannelName.allCases.filter { (ports[$0] ?? 0) == 0 }
        guard !missing.isEmpty else { return }
        for channel in missing {
            members["\(channel.rawValue)_port"] = .integer(chosen[channel].flatMap { Int($0) } ?? 0)
        }
        do { try WholeFile(path).write(JSON.object(members).serialized, permissions: 0o600) } catch {
            throw KernelError(
                "The ports were not written to \(path), so nobody could find the kernel: \(error.reason).")
        }
    }
}
