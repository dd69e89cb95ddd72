import CellLanguage
import Foundation
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
    /// A zoo's name or path.
    static let zooOrPath = ValueKind(rawValue: "name-or-path")
    /// A transferability score of the zoo.
    static let score = ValueKind(rawValue: "score")
    /// Kinds of edges, comma-separated.
    static let edgeKinds = ValueKind(rawValue: "kinds")
    /// Comma-separated datasets or columns, or a dataset with its distance: `pets=0.1`.
    static let datasets = ValueKind(rawValue: "datasets")
    static let columns = ValueKind(rawValue: "columns")
    static let distance = ValueKind(rawValue: "name=distance")
    /// A condition in SQL, and the names it may contain.
    static let condition = ValueKind(rawValue: "condition")
    static let sqlName = ValueKind(rawValue: "sql-name")
}

/// The names in the notebook's domain: zoos, models, datasets, methods.
struct TransferGraphVocabulary: Vocabulary {
    /// A file that a zoo of the session was read from.
    func reasonToKeep(_ path: String, in state: SessionState) -> String? {
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        for zoo in state.zoos.values.sorted(by: { $0.name < $1.name }) {
            let read = zoo.reading?.paths ?? [zoo.source]
            for source in read where !source.isEmpty {
                if URL(fileURLWithPath: source).resolvingSymlinksInPath().standardizedFileURL.path == file {
                    return "the zoo '\(zoo.name)' was read from it"
                }
            }
        }
        return nil
    }

    var firstSteps: [String] {
        [
            "Begin with %zoo load words, mteb or timm, or with your own results: %zoo load FILE.csv (%help zoo tells what it may look like). Then %recommend DATASET; for a dataset of your own %dataset add NAME --like A,B first, and %result add once a model was tried."
        ]
    }

    func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)] {
        switch kind {
        case .dataset: state.zoo.map { $0.datasets.map { ($0.name, "dataset") } } ?? []
        case .model: state.zoo.map { $0.models.map { ($0.name, "model") } } ?? []
        case .node: names(of: .dataset, in: state) + names(of: .model, in: state)
        case .method: state.methodNames.map { ($0, "method") }
        case .score: state.zoo?.scores.map { ($0.method, "method") } ?? []
        case .edgeKinds: ZooGraph.EdgeKind.allCases.map { ($0.rawValue, "edges") }
        case .datasets: names(of: .dataset, in: state)
        case .distance: names(of: .dataset, in: state).map { ($0.text + "=", "dataset") }
        case .columns: names(of: .sqlName, in: state).filter { $0.type == "column" }
        case .sqlName: state.zoo.map(Self.sqlNames) ?? []
        case .zoo, .zooOrPath: state.knownZooNames.map { ($0, "zoo") }
        default: []
        }
    }

    private static func sqlNames(of zoo: Zoo) -> [(text: String, type: String)] {
        let tables = ZooTable.names.map { ZooTable.named($0, of: zoo) }
        return tables.map { ($0.name, "table") } + tables.flatMap { $0.columns.map { ($0.name, "column") } }
    }

    func innerKind(ofBody name: String) -> ValueKind? { name == "sql" ? .sqlName : nil }
    func innerKind(of kind: ValueKind) -> ValueKind? { kind == .condition ? .sqlName : nil }

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
