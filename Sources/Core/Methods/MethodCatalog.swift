/// The methods there are for a zoo, by the names of the command surface.
public enum MethodCatalog {
    public struct Entry: Sendable, Equatable {
        public let name: String
        public let summary: String
    }

    /// Every method that can be used with `zoo`, in the order of a table.
    public static func entries(for zoo: Zoo?) -> [Entry] {
        var entries = [
            Entry(name: "auto", summary: "a Gaussian process over models and datasets, with stacking"),
            Entry(
                name: "history",
                summary:
                    "mean of a model's normalised results on the other datasets; the mean of all for one without any"),
            Entry(
                name: "history:similarity", summary: "the same, nearer datasets counting more"),
            Entry(name: "nearest-text", summary: "results on datasets, and of models, with names like these"),
            Entry(name: "factorisation", summary: "plain matrix factorisation of results"),
            Entry(name: "family-size", summary: "ridge regression on a model's family and size"),
        ]
        for score in zoo?.scores ?? [] {
            entries.append(Entry(name: score.method, summary: "the zoo's \(score.name) values on the target"))
        }
        for learner in GraphLearner.allCases {
            for predictor in Predictor.allCases {
                entries.append(
                    Entry(
                        name: GraphMethod(predictor: predictor, learner: learner).name,
                        summary:
                            "effects, and by \(predictor.title) what \(learner.commandName) on the own graph adds"))
            }
        }
        for learner in GraphLearner.published {
            for predictor in Predictor.allCases {
                entries.append(
                    Entry(
                        name: TransferGraphMethod(predictor: predictor, learner: learner).name,
                        summary: "TransferGraph: \(predictor.title) on \(learner.commandName) embeddings"))
            }
        }
        entries.append(Entry(name: "random", summary: "a number drawn at random"))
        return entries
    }

    /// The method called `name`.
    ///
    /// - Throws: ``UnknownName``.
    public static func method(named name: String, for zoo: Zoo) throws(UnknownName) -> any PredictionMethod {
        switch name {
        case "auto": return Auto()
        case "history": return History()
        case "history:similarity": return HistoryBySimilarity()
        case "nearest-text": return NearestByText()
        case "factorisation": return MatrixFactorisation()
        case "family-size": return FamilyAndSize()
        case "random": return RandomMethod()
        default: break
        }
        if let index = zoo.scores.firstIndex(where: { $0.method == name }) {
            return ScoreMethod(zoo.scores[index], index: index)
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3, parts[0] == "tg", let predictor = Predictor(rawValue: parts[1]),
            let learner = GraphLearner(rawValue: parts[2]), GraphLearner.published.contains(learner)
        {
            return TransferGraphMethod(predictor: predictor, learner: learner)
        }
        if parts.count == 3, parts[0] == "graph", let predictor = Predictor(rawValue: parts[1]),
            let learner = GraphLearner(rawValue: parts[2])
        {
            return GraphMethod(predictor: predictor, learner: learner)
        }
        throw .method(name, in: zoo)
    }

    /// What the numbers of the method called `name` are; those of a method of one's own where there is none.
    public static func scale(of name: String, in zoo: Zoo) -> PredictionScale {
        (try? method(named: name, for: zoo))?.scale ?? .own
    }
}

extension Predictor {
    /// The predictor's name in words.
    public var title: String {
        switch self {
        case .linearRegression: "linear regression"
        case .randomForest: "random forest"
        case .gradientBoosting: "gradient-boosted trees"
        }
    }
}
