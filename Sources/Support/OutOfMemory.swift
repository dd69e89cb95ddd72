/// The system gives this process less memory than a step needs; nothing was left half-done.
public struct OutOfMemory: Error, Sendable, Equatable {
    /// The bytes that a step needs; `nil` if earlier allocations used up the memory.
    package let needed: Int?
    package let limit: MemoryLimit

    package init(needed: Int?, limit: MemoryLimit) {
        self.needed = needed
        self.limit = limit
    }
}

extension UserError {
    public init(_ error: OutOfMemory) {
        let limit = error.limit
        let whose =
            switch limit.kind {
            case .addressSpace: "this process may map \(limit.size.mebibytes) (ulimit -v)"
            case .group: "this process's group or container may use \(limit.size.mebibytes)"
            case .machine: "this machine has \(limit.size.mebibytes)"
            }
        let sentence =
            error.needed.map {
                "This needs about \($0.mebibytes) of memory: \(whose), of which \(limit.left.mebibytes) are left."
            } ?? "There is no memory left to go on: \(whose), of which \(limit.left.mebibytes) are left."
        self.init(
            "OutOfMemory", sentence,
            hint: "Fewer threads, methods or targets, or a smaller zoo or feature file, need less; "
                + (limit.kind == .machine ? "another machine may have more." : "a higher limit lets it run."))
    }
}

extension Int {
    /// The number of bytes in MiB, rounded up.
    fileprivate var mebibytes: String { "\(((self + (1 << 20) - 1) >> 20).grouped) MiB" }
}
