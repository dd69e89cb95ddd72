import Glibc

/// A limit on this process's memory, and what it leaves now.
package struct MemoryLimit: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable {
        /// `ulimit -v`: mapped memory counts, used or not.
        case addressSpace
        /// A control group's, as containers and batch systems set it: the system kills a process that exceeds it.
        case group
        /// The machine's memory and swap space.
        case machine
    }

    package let kind: Kind
    /// In bytes.
    package let size: Int
    /// In bytes; 0 if it is used up.
    package let left: Int

    package init(kind: Kind, size: Int, left: Int) {
        self.kind = kind
        self.size = size
        self.left = left
    }

    /// The limits now set for this process; the machine itself is none of them.
    ///
    /// - Complexity: some microseconds; nothing if none is set.
    package static var ofProcess: [MemoryLimit] { [addressSpace, group].compactMap { $0 } }

    /// Whether a limit is set for this process. Looked up once: limits are set before a program starts.
    package static let isSet = !ofProcess.isEmpty

    /// Whether a limit of a kind is set for this process.
    package static func isSet(_ kind: Kind) -> Bool { ofProcess.contains { $0.kind == kind } }

    // MARK: The address space

    private static let addressSpaceSize: Int? = {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
            return nil
        }
        return Int(limit.rlim_cur)
    }()

    private static var addressSpace: MemoryLimit? {
        guard let size = addressSpaceSize,
            let pages = SmallFile("/proc/self/statm").text?.split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        return MemoryLimit(
            kind: .addressSpace, size: size, left: max(0, size - pages * Int(sysconf(Int32(_SC_PAGESIZE)))))
    }

    // MARK: The control group

    /// The groups above this process that have a limit.
    private static let groups = MemoryGroup.limited(
        membership: SmallFile("/proc/self/cgroup").text ?? "", root: "/sys/fs/cgroup")

    private static var group: MemoryLimit? {
        groups.compactMap(\.limit).min { $0.left < $1.left }
    }

    // MARK: The machine

    /// The machine's memory, total and available; `nil` if unknown.
    package static var machine: MemoryLimit? {
        guard let text = SmallFile("/proc/meminfo").text else { return nil }
        var kibibytes: [Substring: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
            if words.count > 1, let value = Int(words[1]) { kibibytes[words[0]] = value }
        }
        guard let total = kibibytes["MemTotal"], let available = kibibytes["MemAvailable"] else { return nil }
        return MemoryLimit(
            kind: .machine, size: (total + kibibytes["SwapTotal", default: 0]) << 10,
            left: (available + kibibytes["SwapFree", default: 0]) << 10)
    }
}
