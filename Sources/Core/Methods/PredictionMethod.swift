import Support

/// A way to predict how well each model of a zoo will do on a target.
///
/// A method of one's own takes all it needs from the workspace, whose zoo knows nothing of the target's results:
///
/// ```swift
/// struct Largest: PredictionMethod {
///     let name = "largest"
///     func predict(_ workspace: TargetWorkspace) -> Prediction {
///         Prediction(
///             method: name, target: workspace.zoo.target, values: workspace.zoo.known.models.map(\.parameters))
///     }
/// }
/// ```
public protocol PredictionMethod: Sendable {
    /// Its name on the command surface, such as `history` or `tg:xgb:n2v`.
    var name: String { get }

    /// What its numbers are; those of its own, of which the order counts, where it does not say.
    var scale: PredictionScale { get }

    /// Predicts for every model of the zoo, from what is known without the target's results.
    ///
    /// - Throws: `Cancelled`; ``EmbeddingError`` or ``NumericalError`` where what it learns comes to nothing.
    func predict(_ workspace: TargetWorkspace) throws -> Prediction
}

extension PredictionMethod {
    public var scale: PredictionScale { .own }
}

/// What a method says of every model of a zoo, for one target.
public struct Prediction: Sendable {
    /// The method's name.
    public let method: String
    /// The target's index among the zoo's datasets.
    public let target: Int
    /// The predicted performance of each model, by index; higher is better; `nil` where the method can say nothing.
    ///
    /// What they are is the method's ``PredictionMethod/scale``: most predict the min-max normalised result (0 for the
    /// target's worst model, 1 for its best). Where results of the target are known (``HeldOutZoo/revealed``), `auto`
    /// predicts given those, on the same scale.
    public let values: [Double?]
    /// An 80 % prediction interval for each model; `nil` for methods without one.
    public let intervals: [ClosedRange<Double>?]?
    /// The quantile of each model's result at a probability from 0 to 1; `nil` for methods without intervals.
    public let quantiles: (@Sendable (_ probability: Double) -> [Double])?
    /// What moved the predictions of some models, one explanation each; `nil` for methods that cannot tell.
    ///
    /// It is worked out when asked for, which for some methods takes about as long as the prediction did.
    public let explanations: (@Sendable (_ models: [Int], Work) throws -> [Explanation])?
    /// For each k from 1, the chance that the target's best model is among the k recommended first.
    public let chanceOfBest: [Double]?
    /// The same of some models alone: for each k from 1, the chance that the best of those in `order` is among its first k.
    public let chanceOfBestAmong: (@Sendable (_ order: [Int]) -> [Double])?
    /// The models in the order to fine-tune them in, where that is not simply the order of `values`.
    public let order: [Int]?
    /// The joint distribution of the models' results in the target's own units, given those that are known of it, whichever
    /// these are: one prediction serves every step of a search. `nil` for methods without one, and where no dataset's
    /// results differ.
    public let results: (@Sendable (_ known: [RevealedResult], Work) throws -> TargetDistribution)?

    public init(
        method: String, target: Int, values: [Double?], intervals: [ClosedRange<Double>?]? = nil,
        quantiles: (@Sendable (_ probability: Double) -> [Double])? = nil,
        explanations: (@Sendable (_ models: [Int], Work) throws -> [Explanation])? = nil,
        chanceOfBest: [Double]? = nil, chanceOfBestAmong: (@Sendable (_ order: [Int]) -> [Double])? = nil,
        order: [Int]? = nil,
        results: (@Sendable (_ known: [RevealedResult], Work) throws -> TargetDistribution)? = nil
    ) {
        self.method = method
        self.target = target
        self.values = values
        self.intervals = intervals
        self.quantiles = quantiles
        self.explanations = explanations
        self.chanceOfBest = chanceOfBest
        self.chanceOfBestAmong = chanceOfBestAmong
        self.order = order
        self.results = results
    }

    /// The models to fine-tune first: those with a prediction, in ``order`` where given, else by value, ties by index.
    public var ranking: [Int] { order ?? byValue }

    /// The models with a prediction, from the highest to the lowest, ties by index.
    public var byValue: [Int] {
        values.indices.compactMap { model in values[model].map { (model, $0) } }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }.map(\.0)
    }
}

/// What one model's prediction rests on.
public struct Explanation: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public enum Kind: String, Sendable {
            case baseline
            case record
            case neighbour
            case score
            /// Results that are known on the target, of whichever models.
            case target
            /// What is left when all other parts are taken off.
            case residual
        }
        public let kind: Kind
        /// What it is, such as "its result 0.93 on dtd".
        public let what: String
        /// What it adds to the prediction, on the prediction's scale.
        public let contribution: Double
        /// How many records, or models, it stands for.
        public let count: Int
        public init(kind: Kind, what: String, contribution: Double, count: Int = 1) {
            self.kind = kind
            self.what = what
            self.contribution = contribution
            self.count = count
        }
    }
    public let parts: [Part]
    /// Whether the parts' contributions add up to the prediction.
    public let addsUp: Bool
    /// What the parts do not say, in a sentence; empty where they add up.
    public let note: String
    public init(parts: [Part], addsUp: Bool, note: String = "") {
        self.parts = parts
        self.addsUp = addsUp
        self.note = note
    }
}
