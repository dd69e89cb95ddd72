import Foundation

/// Which datasets of a zoo a text is about, by the words that it shares with their names and what is said of them.
///
/// The nearness is the cosine of the words' weights (tf-idf; Salton and Buckley, 1988), a word counting more the fewer
/// datasets have it.
public struct TextNearness: Sendable {
    public struct Match: Sendable, Equatable {
        public let dataset: Int
        /// From above 0 to 1.
        public let cosine: Double
    }

    /// The nearest first; only datasets that share a word that not most of them have.
    public let matches: [Match]

    /// - Complexity: linear in the words of the zoo's datasets.
    public init(_ text: String, in zoo: Zoo, without excluded: Int? = nil, limit: Int = 5) {
        let columns = zoo.datasetMetadata.columns
        let bags = zoo.datasets.indices.map { dataset -> [String: Double] in
            var bag: [String: Double] = [:]
            for word in Self.words(zoo.datasets[dataset].name) { bag[word, default: 0] += 1 }
            for column in columns where column.values.kind != .number && column.name != Zoo.ownDatasetColumn {
                guard let text = zoo.datasetMetadata.text(dataset, column) else { continue }
                for word in Self.words(text) { bag[word, default: 0] += 1 }
            }
            return bag
        }
        var counts: [String: Int] = [:]
        for bag in bags { for word in bag.keys { counts[word, default: 0] += 1 } }
        let total = Double(bags.count)
        func weight(_ word: String) -> Double {
            guard let count = counts[word] else { return 0 }
            return max(0, log(total / Double(count)))
        }
        func weighted(_ bag: [String: Double]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: bag.map { ($0, (1 + log($1)) * weight($0)) })
        }
        func length(_ bag: [String: Double]) -> Double {
            bag.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        }
        var own: [String: Double] = [:]
        for word in Self.words(text) { own[word, default: 0] += 1 }
        let wanted = weighted(own).filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let wantedLength = length(weighted(own))
        guard wantedLength > 0 else {
            matches = []
            return
        }
        var found: [Match] = []
        for (dataset, bag) in bags.enumerated() where dataset != excluded && !zoo.results.column(dataset).isEmpty {
            guard wanted.contains(where: { bag[$0.key] != nil }) else { continue }
            let other = weighted(bag)
            let product = wanted.reduce(0) { $0 + $1.value * (other[$1.key] ?? 0) }
            let size = length(other)
            if product > 0, size > 0 { found.append(Match(dataset: dataset, cosine: product / size / wantedLength)) }
        }
        found.sort { ($0.cosine, $1.dataset) > ($1.cosine, $0.dataset) }
        // What is half as near as the nearest is about something else.
        let least = (found.first?.cosine ?? 0) / 2
        matches = Array(found.prefix { $0.cosine >= least }.prefix(limit))
    }

    private static func words(_ text: String) -> [String] {
        MetricKnowledge.words(of: text).filter { $0.count > 2 && !common.contains($0) }
    }

    private static let common: Set<String> = [
        "the", "and", "for", "with", "from", "that", "this", "are", "was", "which", "into", "not", "has", "have", "its",
        "all", "any", "our", "their", "dataset", "data", "task", "classification", "images", "image", "text", "texts",
    ]
}
