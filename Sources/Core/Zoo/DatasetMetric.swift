/// What a dataset's results are: which metric, which direction is better, on which scale; and how each is known.
public struct DatasetMetric: Sendable, Equatable {
    /// How something is known.
    public enum Source: String, Sendable {
        /// The zoo's files say it.
        case file
        /// The metric's name tells.
        case name
        /// Whoever loaded the zoo said it.
        case option
        /// Nothing says it.
        case assumed
    }

    /// The metric as the files spell it; `nil` where they do not name one.
    public var name: String?
    public var higherIsBetter = true
    public var directionSource = Source.assumed
    public var scale = MetricScale.asWritten

    public init(
        name: String? = nil, higherIsBetter: Bool = true, directionSource: Source = .assumed,
        scale: MetricScale = .asWritten
    ) {
        self.name = name
        self.higherIsBetter = higherIsBetter
        self.directionSource = directionSource
        self.scale = scale
    }

    /// The metric called `name` of a dataset without results: its direction is the one that the name tells.
    init(named name: String) {
        let higher = MetricKnowledge.higherIsBetter(name)
        self.init(name: name, higherIsBetter: higher ?? true, directionSource: higher == nil ? .assumed : .name)
    }

    /// A value in the dataset's own direction as the zoo keeps it, and back: inside, higher is always better.
    @inline(__always)
    public func turned(_ value: Double) -> Double { higherIsBetter ? value : -value }
}
