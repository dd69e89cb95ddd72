import CellLanguage
import Presentation
import Sentences
import TransferGraphCore

extension ValueKind {
    static let dataset = ValueKind(rawValue: "dataset")
    static let model = ValueKind(rawValue: "model")
    /// A model or a dataset.
    static let node = ValueKind(rawValue: "node")
    static let method = ValueKind(rawValue: "method")
    static let zoo = ValueKind(rawValue: "zoo")
    /// A zoo's name or the path of one.
    static let zooOrPath = ValueKind(rawValue: "name-or-path")
    /// A transferability score of the zoo.
    static let score = ValueKind(rawValue: "score")
}

/// The names that the notebook is about: zoos, models, datasets, methods.
struct TransferGraphVocabulary: Vocabulary {
    func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)] {
        switch kind {
        case .dataset: state.zoo.map { $0.datasets.map { ($0.name, "dataset") } } ?? []
        case .model: state.zoo.map { $0.models.map { ($0.name, "model") } } ?? []
        case .node: names(of: .dataset, in: state) + names(of: .model, in: state)
        case .method: state.methodNames.map { ($0, "method") }
        case .score: state.zoo?.scores.map { ($0.method, "method") } ?? []
        case .zoo, .zooOrPath: state.knownZooNames.map { ($0, "zoo") }
        default: []
        }
    }

    var explainedKinds: [ValueKind] { [.node, .zoo, .method] }

    func description(of name: String, detail: Int, in state: SessionState) -> Table? {
        guard let zoo = state.zoo else { return nil }
        if let dataset = try? zoo.dataset(named: name) {
            return NodeDescription.dataset(dataset, in: zoo, detail: detail)
        }
        if let model = try? zoo.model(named: name) { return NodeDescription.model(model, in: zoo, detail: detail) }
        return nil
    }

    func holdings(of state: SessionState) -> [(name: String, kind: String, summary: String)] {
        var holdings: [(name: String, kind: String, summary: String)] = []
        if let zoo = state.zoo { holdings.append(("(current zoo)", "zoo", ZooValue(zoo).summary)) }
        if let graph = state.graph { holdings.append(("(current graph)", "graph", GraphValue(graph).summary)) }
        if let embedding = state.embedding {
            holdings.append(("(current embedding)", "embedding", EmbeddingValue(embedding).summary))
        }
        return holdings
    }

    func userError(for error: any Error) -> UserError? { UserError(explaining: error) }
}
