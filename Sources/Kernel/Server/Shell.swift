import DequeModule

/// A shell: requests that are answered one after the other on a thread of their own. The kernel has the main one
/// and as many subshells as clients ask for (JEP 91).
final class Shell: Sendable {
    /// A queued request.
    struct Job: Sendable {
        let inquiry: Inquiry
        /// Whether `busy` was sent for it already.
        var isAnnounced = false
        /// Whether an earlier cell failed and aborts the rest.
        var isAborted = false
    }

    private struct State {
        var jobs: Deque<Job> = []
        var isWorking = false
        var cell: RunningCell?
        var isClosed = false
    }

    /// `nil` for the main shell.
    let identifier: String?
    private let state = Monitor(State())

    init(identifier: String?) { self.identifier = identifier }

    /// Starts answering with `handle`, on a thread of its own, until the shell is closed.
    ///
    /// - Throws: ``KernelError`` if the system has no thread for it.
    func start(_ handle: @escaping @Sendable (Job, Shell) -> Void) throws(KernelError) {
        try WorkerThread.start(identifier == nil ? "main shell" : "subshell") { [self] in
            while let job = next() { handle(job, self) }
        }
    }

    private func next() -> Job? {
        state.withLock { $0.isWorking = false }
        return state.wait { state -> Job?? in
            if let job = state.jobs.popFirst() {
                state.isWorking = true
                return .some(job)
            }
            return state.isClosed ? .some(nil) : nil
        }
    }

    /// Appends a job to the queue.
    ///
    /// - Returns: Whether it will be done; a closed shell takes none.
    func add(_ job: Job) -> Bool {
        state.change { state in
            if !state.isClosed { state.jobs.append(job) }
            return !state.isClosed
        }
    }

    /// Whether nothing waits and nothing runs; it stays so until something is added.
    var isIdle: Bool { state.withLock { $0.jobs.isEmpty && !$0.isWorking } }

    /// Marks every queued execute request as aborted.
    func abortWaiting() {
        state.withLock { state in
            for index in state.jobs.indices {
                if case .execute = state.jobs[index].inquiry.request { state.jobs[index].isAborted = true }
            }
        }
    }

    /// Makes `cell` the one an interrupt reaches; `nil` when it has ended.
    func setRunning(_ cell: RunningCell?) { state.withLock { $0.cell = cell } }

    func interrupt() { state.withLock { $0.cell }?.interrupt() }

    /// Ends the shell's thread after its current job; queued jobs are dropped.
    func close() {
        abortWaiting()
        state.change { $0.isClosed = true }
    }
}
