/// A result of a held-out target that may be known to a prediction for it, such as that of a model already fine-tuned.
public struct RevealedResult: Sendable, Equatable {
    /// The model's index among the zoo's models.
    public let model: Int
    /// The result, as the values of ``Zoo/results``: on the dataset's scale, turned so that higher is better.
    public let value: Double

    public init(model: Int, value: Double) {
        self.model = model
        self.value = value
    }

    /// Of very many known results as many as a prediction is conditioned on.
    public static let mostConditioned = 1_000

    /// The results that a prediction is conditioned on: all, or of more than ``mostConditioned`` so many, evenly spread from
    /// the best to the worst, the best among them.
    ///
    /// - Complexity: O(n log n).
    static func representatives(_ known: [RevealedResult]) -> [RevealedResult] {
        guard known.count > mostConditioned else { return known }
        let ordered = known.sorted { ($0.value, $1.model) > ($1.value, $0.model) }
        return (0..<mostConditioned).map { ordered[$0 * known.count / mostConditioned] }
    }
}
