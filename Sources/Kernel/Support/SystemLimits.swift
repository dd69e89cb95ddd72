import CLinux
import Glibc

/// Checks what a kernel needs of the system before it starts. With too little, the libraries below would end the
/// process or wait for ever.
enum SystemLimits {
    /// Files that the kernel opens for itself, one client's connections, and some for the interpreter's own.
    private static let files = 64
    /// Threads that run at the same time: two of ZeroMQ's, the heartbeat, the main shell, the history.
    private static let threads = 5

    /// Makes a write beyond the largest file allowed (`ulimit -f`) fail with an error, instead of ending the process.
    static func letLargeWritesFail() { signal(SIGXFSZ, SIG_IGN) }

    /// Checks that there is enough for a kernel, and raises the limit of open files where allowed.
    ///
    /// - Throws: ``KernelError`` naming what is too little.
    static func check() throws(KernelError) {
        try checkFiles()
        try checkThreads()
    }

    private static func checkFiles() throws(KernelError) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let open = limit.rlim_cur < 4_096 ? openFiles(upTo: Int(limit.rlim_cur)) : 0
        let needed = rlim_t(open + files)
        guard limit.rlim_cur < needed else { return }
        if limit.rlim_max >= needed {
            limit.rlim_cur = needed
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 { return }
        }
        throw KernelError(
            "TooFewFiles: the system lets this process open \(limit.rlim_cur) files (ulimit -n), of which \(open) are "
                + "open already; a kernel needs \(files) more.")
    }

    private static func openFiles(upTo limit: Int) -> Int {
        (0..<Int32(limit)).count { fcntl($0, F_GETFD) >= 0 }
    }

    /// Starts as many threads as a kernel does, all at once, and waits until they are gone from the system: until then
    /// they count.
    private static func checkThreads() throws(KernelError) {
        let before = runningThreads
        defer {
            let deadline = Instant.now + 1_000
            while runningThreads > before, Instant.now < deadline { Instant.sleep(microseconds: 50) }
        }
        let gate = Monitor((isOpen: false, inside: 0))
        defer {
            gate.change { $0.isOpen = true }
            gate.wait { $0.inside == 0 ? () : nil }
        }
        for _ in 0..<threads {
            gate.withLock { $0.inside += 1 }
            do throws(KernelError) {
                try WorkerThread.start("probe") {
                    gate.wait { $0.isOpen ? () : nil }
                    gate.change { $0.inside -= 1 }
                }
            } catch {
                gate.withLock { $0.inside -= 1 }
                throw KernelError(
                    "TooFewThreads: the system gives this process fewer than the \(threads) threads that a kernel "
                        + "needs (ulimit -u for their number, ulimit -v for their stacks).")
            }
        }
    }

    /// How many threads this process has.
    private static var runningThreads: Int {
        guard let directory = opendir("/proc/self/task") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return count
    }
}
