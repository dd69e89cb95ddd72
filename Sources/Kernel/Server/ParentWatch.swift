import Glibc

/// Notices when the process that started the kernel has ended, so that no kernel outlives its notebook server.
struct ParentWatch {
    /// How often to look, in milliseconds.
    static let period = 1_000

    private let parent: Int32
    private let isChild: Bool

    /// - Parameter parent: The process to watch, as `JPY_PARENT_PID` gives it.
    init?(parent: Int32?) {
        guard let parent, parent > 1 else { return nil }
        self.parent = parent
        // With a launcher in between, only the watched process itself can be checked.
        isChild = getppid() == parent
    }

    /// Also true of a zombie.
    var isGone: Bool {
        if isChild { return getppid() != parent }
        return kill(parent, 0) != 0 && errno == ESRCH
    }
}
