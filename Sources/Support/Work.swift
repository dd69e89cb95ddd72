/// The handle that long work takes: it asks it whether to go on, and tells it how far it is.
///
/// `Core` calls ``check()`` at least every 50 ms of work, on whatever thread the work runs.
public struct Work: Sendable {
    /// Whether whoever asked for the work no longer wants it. Called often and from any thread: cheap.
    public let isCancelled: @Sendable () -> Bool

    /// Takes the name of the stage that is running and the share of the whole that is done, 0 to 1.
    public let report: @Sendable (_ stage: String, _ fraction: Double) -> Void

    public init(
        isCancelled: @escaping @Sendable () -> Bool,
        report: @escaping @Sendable (_ stage: String, _ fraction: Double) -> Void
    ) {
        self.isCancelled = isCancelled
        self.report = report
    }

    /// Work that nobody watches and nobody stops.
    public static let unwatched = Work(isCancelled: { false }, report: { _, _ in })

    /// - Throws: ``Cancelled`` once the work is no longer wanted.
    @inline(__always)
    public func check() throws(Cancelled) {
        if isCancelled() { throw Cancelled() }
    }

    /// The same handle for work whose own reports stay unheard.
    public var quiet: Work { Work(isCancelled: isCancelled, report: { _, _ in }) }

    /// The same handle for a part of the work: its 0…1 is mapped onto `range` of the whole.
    public func part(_ range: ClosedRange<Double>) -> Work {
        let report = report
        return Work(isCancelled: isCancelled) { stage, fraction in
            report(stage, range.lowerBound + fraction * (range.upperBound - range.lowerBound))
        }
    }
}

/// Thrown by long work that was told to stop. Nothing it was making exists afterwards.
public struct Cancelled: Error {
    public init() {}
}
