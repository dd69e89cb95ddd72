import CLinux
import Glibc

/// Whether a step's memory is available, checked before it begins: a failed array allocation ends the process.
package enum MemoryBudget {
    /// The size allowed without checking, in bytes.
    private static let negligible = 8 << 20

    /// Requires that about `bytes` more are available, within the process's limits and on the machine.
    ///
    /// - Parameters:
    ///   - bytes: what is used.
    ///   - mapped: the address space taken for it, if that is more.
    /// - Throws: ``OutOfMemory``.
    /// - Complexity: some microseconds from 8 MiB on, nothing below.
    package static func require(_ bytes: Int, mapping mapped: Int? = nil) throws(OutOfMemory) {
        let mapped = mapped ?? bytes
        guard mapped > negligible else { return }
        for limit in MemoryLimit.ofProcess + [MemoryLimit.machine].compactMap({ $0 }) {
            let needed = limit.kind == .addressSpace ? mapped : bytes
            if needed > limit.left - reserve(of: limit), needed > unusedTop(in: limit) {
                throw OutOfMemory(needed: needed, limit: limit)
            }
        }
    }

    /// The size of an array with these dimensions, in bytes; `Int.max` on overflow.
    package static func bytes<Element>(_ type: Element.Type, _ factors: Int...) -> Int {
        factors.reduce(MemoryLayout<Element>.stride) { product, factor in
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: factor)
            return isTooLarge ? .max : next
        }
    }

    /// What must stay free for everything else, in bytes.
    static func reserve(of limit: MemoryLimit) -> Int {
        switch limit.kind {
        case .addressSpace: min(48 << 20, max(24 << 20, limit.size / 12))
        case .group: min(128 << 20, max(16 << 20, limit.size / 32))
        case .machine: 64 << 20
        }
    }

    /// Memory that was freed and is still mapped, in whatever pieces: it counts against the limit but can be reused.
    static func unused(in limit: MemoryLimit) -> Int { limit.kind == .addressSpace ? Int(mallinfo2().fordblks) : 0 }

    /// The contiguous part of it at the end, where a large array finds room.
    private static func unusedTop(in limit: MemoryLimit) -> Int {
        limit.kind == .addressSpace ? Int(mallinfo2().keepcost) : 0
    }
}
