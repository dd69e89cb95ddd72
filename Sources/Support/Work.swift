/// The handle of long work: checks whether to go on, and reports progress.
///
/// `Core` calls ``check()`` at least every 50 ms of work, on whatever thread the work runs.
public struct Work: Sendable {
    /// Whether whoever asked for the work no longer wants it. Must be cheap and thread-safe.
    public let isCancelled: @Sendable () -> Bool

    /// Takes the name of the running stage and the fraction done, 0 to 1.
    public let report: @Sendable (_ stage: String, _ fraction: Double) -> Void

    public init(
        isCancelled: @escaping @Sendable () -> Bool,
        report: @escaping @Sendable (_ stage: String, _ fraction: Double) -> Void
    ) {
        self.isCancelled = isCancelled
        self.report = report
    }

    /// Work without progress or cancellation.
    public static let unwatched = Work(isCancelled: { false }, report: { _, _ in })

    /// - Throws: ``Cancelled`` once the work is no longer wanted.
    @inline(__always)
    public func check() throws(Cancelled) {
        if isCancelled() { throw Cancelled() }
    }

    /// The same handle for work whose own reports are ignored.
    public var quiet: Work { Work(isCancelled: isCancelled, report: { _, _ in }) }

    /// The same handle for a part of the work: its 0…1 is mapped to `range` of the whole.
    public func part(_ range: ClosedRange<Double>) -> Work {
        let report = report
        return Work(isCancelled: isCancelled) { stage, fraction in
            report(stage, range.lowerBound + fraction * (range.upperBound - range.lowerBound))
        }
    }
}

/// Thrown by cancelled work. Nothing it was making remains.
public struct Cancelled: Error {
    public init() {}
}
