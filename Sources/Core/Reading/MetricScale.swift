/// What a result's number counts.
public enum MetricScale: String, Sendable, CaseIterable {
    /// Of a bounded metric: 0 to 1.
    case fraction
    /// Of a bounded metric: 0 to 100.
    case percent
    /// Whatever the metric counts; nothing is rescaled.
    case asWritten = "as-written"
}
