import Support

/// Reads torchvision's weights as `script/export-zoo torchvision` writes them: `{ARCHITECTURE: {WEIGHTS: {url, num_params,
/// _metrics: {DATASET: {METRIC: number}}, …}}}`.
///
/// A model is an architecture with its weights. The file holds nothing but benchmarks, so that an accuracy on ImageNet is
/// a result here.
public struct TorchvisionReader: ZooReader {
    public let format = ZooFormat.torchvision

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        FileSearch.files(in: place, depth: 1, budget: 20) { $0.hasSuffix(".json") }.prefix(50).contains { path in
            let head = String(decoding: HubFile.head(place, path, 1 << 13), as: UTF8.self)
            guard
                head.contains("\"_metrics\"")
                    || head.contains("\"num_params\"")
                        && ["\"url\"", "\"recipe\"", "\"min_size\"", "\"metrics\""].contains(where: head.contains)
            else { return false }
            // What has such words and no weights is a table as any other; what cannot be read is told where it is read.
            guard let tree = try? HubFile.json(place, path) else { return true }
            return tree.root.map(TorchvisionWeights.isWeights) ?? false
        }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.holdsOnlyBenchmarks = true
        facts.source.repeats = .reports
        var documents: [(path: String, root: DataNode)] = []
        var failure: String?
        for path in FileSearch.files(in: place, depth: 1, where: { $0.hasSuffix(".json") }) {
            try work.check()
            do throws(DocumentError) {
                let tree = try HubFile.json(place, path, work: work)
                if let root = tree.root, !root.isScalar { documents.append((path, root)) }
            } catch {
                failure = failure ?? "\(FileSearch.label(path, in: place)) line \(error.line): \(error.problem)"
                facts.note(
                    .leftOut, "files that cannot be read", example: error.problem,
                    at: .init(file: facts.addFile(FileSearch.label(path, in: place)), line: error.line))
            }
        }
        var isFound = false
        // The fuller file first: of two descriptions the first counts.
        documents.sort { $0.root.pairs.count > $1.root.pairs.count }
        for (path, root) in documents where TorchvisionWeights.isWeights(root) {
            TorchvisionWeights(root).tell(file: facts.addFile(FileSearch.label(path, in: place)), to: &facts)
            isFound = true
        }
        for (path, root) in documents where !TorchvisionWeights.isWeights(root) {
            Self.tellDefaults(root, file: facts.addFile(FileSearch.label(path, in: place)), to: &facts)
        }
        guard isFound else { throw ZooError.nothing(format, path: place.path, problem: failure) }
    }

    /// `{ARCHITECTURE: {default: WEIGHTS}}`: which of an architecture's weights are taken where none are named.
    private static func tellDefaults(_ root: DataNode, file: Int32, to facts: inout Facts) {
        for (architecture, value) in root.pairs {
            guard let node = value["default"], let weights = node.name else { continue }
            for name in ["\(architecture) / \(weights)", architecture] where facts.names.find(name) != nil {
                facts.describe(model: name, "is_default", .truth(true), at: .init(file: file, line: node.line))
                break
            }
        }
    }
}
