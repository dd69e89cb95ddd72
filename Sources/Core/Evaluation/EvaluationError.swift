/// Why there is nothing to evaluate.
public enum EvaluationError: Error, Sendable, Equatable {
    /// No target was named, and the zoo has no dataset with transferability scores and none with five results.
    case noTargets(zoo: String)
    /// A correlation needs two results at least.
    case tooFewResults(dataset: String, count: Int)
}
