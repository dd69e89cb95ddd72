/// How one model of a zoo is to be made.
public struct ModelPlan: Sendable, Hashable {
    /// What is unusual about a model, as real zoos have it.
    public enum Condition: String, Sendable {
        case sound
        /// Trained for a few steps only.
        case hardlyTrained = "hardly trained"
        /// Trained a hundred times too fast.
        case tooFast = "learning rate too high"
        /// Trained on labels drawn at random.
        case randomLabels = "random labels"
    }

    /// Such as `gru-48/romance-800`, and `gru-48/europe-5000/nordic-800` where it was trained on.
    public let name: String
    public let architecture: Architecture
    /// The name of the task it is trained on.
    public let source: String
    public let recipe: Recipe
    public let seed: UInt64
    public let condition: Condition
    /// The name of the model it is trained on from.
    public let parent: String?

    public init(
        _ architecture: Architecture, on source: String, _ recipe: Recipe, seed: UInt64,
        condition: Condition = .sound, parent: ModelPlan? = nil
    ) {
        self.architecture = architecture
        self.source = source
        self.recipe = recipe
        self.seed = seed
        self.condition = condition
        self.parent = parent?.name
        name =
            "\(parent?.name ?? architecture.name)/\(source)-\(recipe.steps)" + (condition == .tooFast ? "-fast" : "")
    }
}
