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
}
