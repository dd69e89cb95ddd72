import Glibc

/// Notices that the process which started the kernel is gone, so that no kernel outlives its notebook server.
struct ParentWatch {
    /// How often to look, in milliseconds.
    static let period = 1_000

    private let parent: Int32
    private let isChild: Bool

    /// - Parameter parent: The process to watch, as `JPY_PARENT_PID` names it.
    init?(parent: Int32?) {
        guard let parent, parent > 1 else { return nil }
        self.parent = parent
        // Where a launcher stands between, only the watched process itself can be asked for.
        isChild = getppid() == parent
    }

    /// Also true where it ended and nobody has collected its status yet.
    var isGone: Bool {
        if isChild { return getppid() != parent }
        return kill(parent, 0) != 0 && errno == ESRCH
    }
}
