import TransferGraphCore

/// Single steps of the zoo's making, for a notebook: models by name, and what fine-tuning makes of them.
///
/// A model is one that was trained here, one of the zoo `words` (trained again as planned, which takes seconds), or
/// `scratch`, which was never trained.
public struct Workshop: Sendable {
    /// The models that were trained here, by name.
    public private(set) var models: [String: TrainedModel]
    private let tasks: TaskMaker
    private let made: Lock<[String: WordTask]>

    /// A workshop with the word lists that ``WordShelf/standard()`` finds.
    public init() throws(ForgeError) {
        self.init(lists: try .standard())
    }

    public init(lists: WordShelf) {
        tasks = TaskMaker(lists)
        models = [:]
        made = Lock([:])
    }

    /// The names that ``model(named:like:_:)`` knows without training anything new.
    public var names: [String] { models.keys.sorted() }

    /// Keeps a model under its name.
    public mutating func keep(_ model: TrainedModel) {
        models[model.name] = model
    }

    /// The task with its words; they are drawn once.
    ///
    /// - Throws: what ``TaskCatalog/named(_:)`` and ``TaskMaker/make(_:)`` throw.
    public func task(named name: String) throws(ForgeError) -> WordTask {
        if let known = made.with({ $0[name] }) { return known }
        let task = try tasks.make(try TaskCatalog.named(name))
        made.with { $0[name] = task }
        return task
    }

    /// The model with this name.
    ///
    /// - Parameter architecture: of `scratch`.
    /// - Throws: ``ForgeError/unknownModel(_:known:)``; what making its task throws; ``Cancelled``.
    public func model(named name: String, like architecture: Architecture, _ work: Work) throws -> TrainedModel {
        if let known = models[name] { return known }
        if name == "scratch" {
            // The task only fixes how many classes its unused classifier has.
            let task = try task(named: "romance")
            return try Trainer.train(name: "scratch", architecture, on: task, Recipe(steps: 0), seed: 1, work)
        }
        guard let plan = ZooPlan.words.models.first(where: { $0.name == name }) else {
            throw ForgeError.unknownModel(name, known: names + ZooPlan.words.models.map(\.name) + ["scratch"])
        }
        let parent = try plan.parent.map { try model(named: $0, like: architecture, work.part(0...0.5)) }
        return try Trainer.train(
            name: plan.name, plan.architecture, on: task(named: plan.source), from: parent, plan.recipe,
            seed: plan.seed, work)
    }

    /// The scores of a model's features for a task, as the zoo's table has them.
    ///
    /// - Throws: ``FeatureError`` where the features are not finite; ``Cancelled``.
    public func scores(
        of model: TrainedModel, on task: WordTask, _ work: Work
    ) throws -> [(method: String, value: Double)] {
        try FeatureScores.scores(of: model, on: task, work)
    }
}
