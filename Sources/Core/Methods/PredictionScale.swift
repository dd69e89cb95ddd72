/// What a method's numbers are. Higher is better on each scale.
public enum PredictionScale: String, Sendable, CaseIterable {
    /// A place on the target: 0 is its worst model, 1 its best. A model may be predicted a little beyond.
    case place
    /// Standard deviations above the mean of the target's results.
    case deviations
    /// A number of the method's own, of which the order counts.
    case own
    /// Drawn at random: it says nothing of a model.
    case random
}
