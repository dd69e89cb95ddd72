import Foundation

/// A destination folder, checked before the work begins whose results it is to take.
package enum FolderPlace {
    /// What prevents files from being created in the folder at `path`, which need not exist yet; `nil` if nothing does.
    package static func obstacle(_ path: String) -> String? {
        var place = LocalPath(path, home: nil)
        while true {
            var status = stat()
            if stat(place.text, &status) == 0 {
                guard status.st_mode & S_IFMT == S_IFDIR else { return "'\(place.text)' is no folder" }
                // Permissions tell too little: of the superuser, of network disks, of what only looks like a folder.
                let probe = LocalPath(place.text + "/x", home: nil).beside(
                    ".\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp")
                guard mkdir(probe, 0o700) == 0 else {
                    return "nothing can be created in '\(place.text)': \(String(cString: strerror(errno)))"
                }
                rmdir(probe)
                return nil
            }
            guard errno == ENOENT else { return String(cString: strerror(errno)) }
            if place.text == place.folder { return "there is no folder '\(place.text)'" }
            place = LocalPath(place.folder, home: nil)
        }
    }
}
