import CLinux
import COpenBLAS
import Glibc
import Synchronization

/// The memory that the BLAS works in: one buffer for each thread that computes at the same time.
///
/// OpenBLAS maps a buffer when it first needs it and keeps it. Where the address space is limited (`ulimit -v`, as
/// batch systems do) and has no room for it, OpenBLAS asks again and again for ever. So the buffers are made before
/// anything else takes the room.
public enum NumericMemory {
    /// What OpenBLAS maps for one thread, in bytes.
    private static let buffer = 128 << 20
    /// What has to be left beside the first buffer, for stacks of threads and a small zoo's data.
    private static let least = 112 << 20
    /// What has to be left beside any further one: room for data is worth more than work side by side.
    private static let ample = 512 << 20

    private static let reserved = Atomic(Int.max)

    /// How many threads may compute at the same time.
    static var concurrency: Int { reserved.load(ordering: .relaxed) }

    /// Makes the buffers for up to `threads` threads where the address space is limited; does nothing where it is not.
    ///
    /// Called once, before other threads run. Where there is room for fewer than `threads`, fewer compute side by side.
    ///
    /// - Throws: ``NumericalError/tooLittleMemory(limit:needed:)`` where there is not even room for one.
    public static func reserve(threads: Int) throws(NumericalError) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
            return
        }
        // Each further heap would take 64 MiB of the room, mostly unused.
        mallopt(M_ARENA_MAX, 1)
        var buffers: [UnsafeMutableRawPointer] = []
        // Given back to OpenBLAS, which keeps them for its next calls.
        defer { for buffer in buffers { blas_memory_free(buffer) } }
        while buffers.count < threads, hasRoom(buffer + (buffers.isEmpty ? least : ample)),
            let next = blas_memory_alloc(0)
        {
            buffers.append(next)
        }
        guard !buffers.isEmpty else {
            throw .tooLittleMemory(limit: Int(limit.rlim_cur >> 20), needed: (buffer + least) >> 20)
        }
        reserved.store(buffers.count, ordering: .relaxed)
    }

    private static func hasRoom(_ size: Int) -> Bool {
        guard let room = mmap(nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            room != MAP_FAILED
        else { return false }
        munmap(room, size)
        return true
    }
}
