import Glibc

/// A control group with a memory limit, of cgroup version 2 or 1.
package struct MemoryGroup: Sendable {
    private let size: Int
    private let used: SmallFile
    private let statistics: SmallFile
    /// Its statistics' names for the page cache that the system can drop.
    private let droppable: Set<Substring>

    /// The groups that contain a process and have a limit, innermost first.
    ///
    /// - Parameters:
    ///   - membership: the content of `/proc/PID/cgroup`.
    ///   - root: where the groups are mounted.
    package static func limited(membership: String, root: String) -> [MemoryGroup] {
        var groups: [MemoryGroup] = []
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isSecond = fields[0] == "0" && fields[1].isEmpty
            guard isSecond || fields[1].split(separator: ",").contains("memory") else { continue }
            let base = isSecond ? root : root + "/memory"
            var path = fields[2].split(separator: "/")
            while true {
                let folder = ([base[...]] + path).joined(separator: "/")
                if let group = isSecond
                    ? MemoryGroup(folder, "memory.max", "memory.current", ["inactive_file", "active_file"])
                    : MemoryGroup(
                        folder, "memory.limit_in_bytes", "memory.usage_in_bytes",
                        ["total_inactive_file", "total_active_file"])
                {
                    groups.append(group)
                }
                if path.isEmpty { break }
                path.removeLast()
            }
        }
        return groups
    }

    private init?(_ folder: String, _ limit: String, _ used: String, _ droppable: Set<Substring>) {
        // Without a limit, version 2 says "max" and version 1 a huge number.
        guard let size = SmallFile("\(folder)/\(limit)").number, size < 1 << 60 else { return nil }
        self.size = size
        self.droppable = droppable
        self.used = SmallFile("\(folder)/\(used)")
        statistics = SmallFile("\(folder)/memory.stat")
    }

    /// The limit and what it leaves; `nil` if the system no longer tells. Droppable page cache counts as free.
    package var limit: MemoryLimit? {
        guard let used = used.number else { return nil }
        var files = 0
        for line in (statistics.text ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, droppable.contains(words[0]) { files += Int(words[1]) ?? 0 }
        }
        return MemoryLimit(kind: .group, size: size, left: max(0, size - used + min(files, used)))
    }
}

/// A system file of at most a few pages, read anew each time.
struct SmallFile: Sendable {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Its text; `nil` if it cannot be read.
    var text: String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    /// The number, if it holds just one.
    var number: Int? { text.flatMap { Int($0.trimmed) } }
}
