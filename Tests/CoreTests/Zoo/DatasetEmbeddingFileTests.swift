import Foundation
import Testing
import TransferGraphCore

/// `embeddings.npy` and `embeddings.txt` of a tidy zoo.
@Suite struct DatasetEmbeddingFileTests {
    private func zoo(_ rows: [[Float]], names: String, leavingOut: String? = nil) throws -> Zoo {
        var files = MadeZoo.files(datasets: 3)
        files["embeddings.txt"] = names
        if let leavingOut { files[leavingOut] = nil }
        let directory = try TemporaryZoo(files)
        try NumPyBytes.matrix(rows).write(to: directory.url.appendingPathComponent("embeddings.npy"))
        return try Zoo.load(path: directory.path)
    }

    @Test func vectorsBelongToTheDatasetsThatAreNamed() throws {
        let zoo = try zoo([[1, 2], [3, 4], [5, .nan], [7, 8]], names: "d2\r\nd0\nd1\nelsewhere\n")
        let embeddings = try #require(zoo.datasetEmbeddings)
        #expect(embeddings.dimension == 2)
        #expect(embeddings.vectors[try zoo.dataset(named: "d2")] == [1, 2])
        #expect(embeddings.vectors[try zoo.dataset(named: "d0")] == [3, 4])
        #expect(embeddings.vectors[try zoo.dataset(named: "d1")] == nil)
        let left = zoo.report.items.filter { $0.what.contains("embeddings") }
        #expect(left.map(\.count) == [1, 1])
    }

    /// Editors of some systems put a byte order mark before a text; it is no part of the first name.
    @Test func aByteOrderMarkIsPassedOver() throws {
        let zoo = try zoo([[1, 2], [3, 4], [5, 6]], names: "\u{FEFF}d0\nd1\nd2\n")
        #expect(zoo.datasetEmbeddings?.vectors[try zoo.dataset(named: "d0")] == [1, 2])
    }

    @Test func distancesAreThoseOfTheEmbeddingsWhereNoneAreGiven() throws {
        let zoo = try zoo([[0, 0], [3, 4], [6, 8]], names: "d0\nd1\nd2\n", leavingOut: "similarity.csv")
        let distances = try #require(zoo.distances)
        let index = try ["d0", "d1", "d2"].map { try zoo.dataset(named: $0) }
        #expect(distances[index[0], index[1]] == 5 && distances[index[0], index[2]] == 10)
        let given = try self.zoo([[0, 0], [3, 4], [6, 8]], names: "d0\nd1\nd2\n")
        #expect(given.distances?[try given.dataset(named: "d0"), try given.dataset(named: "d1")] == 1)
    }

    @Test func filesThatDoNotFitAreErrorsThatNameThem() throws {
        let wrong = #expect(throws: ZooError.self) { try zoo([[1, 2], [3, 4]], names: "d0\n") }
        guard case .embeddingNamesCount(let names, rows: 2, names: 1)? = wrong else {
            Issue.record("\(String(describing: wrong))")
            return
        }
        #expect(names.hasSuffix("/embeddings.txt"))
        let missing = #expect(throws: ZooError.self) {
            try zoo([[1, 2]], names: "d0\n", leavingOut: "embeddings.txt")
        }
        guard case .embeddingNamesMissing(let path)? = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
        #expect(path.hasSuffix("/embeddings.txt"))
    }

    /// The zoo's distances were written as Euclidean distances of the same vectors.
    @Test func theBuiltInZoosEmbeddingsGiveItsDistances() throws {
        let zoo = try #require(try BuiltInZoo.load("words"))
        let embeddings = try #require(zoo.datasetEmbeddings)
        let distances = try #require(zoo.distances)
        var checked = 0
        for a in zoo.datasets.indices {
            for b in 0..<a {
                guard let one = embeddings.vectors[a], let other = embeddings.vectors[b], let told = distances[a, b]
                else { continue }
                var square = 0.0
                for (x, y) in zip(one, other) { square += (Double(x) - Double(y)) * (Double(x) - Double(y)) }
                // Vectors are rounded to twelve bits.
                #expect(abs(square.squareRoot() - told) < 2e-3 * (1 + told))
                checked += 1
            }
        }
        #expect(checked > 900)
    }

    /// What a graph network sees of a dataset is its embedding.
    @Test func graphNetworksLearnFromTheEmbeddings() throws {
        let rows: [[Float]] = [[1, 0], [0, 1], [1, 1]]
        let with = ZooGraph(try zoo(rows, names: "d0\nd1\nd2\n"))
        let other = ZooGraph(try zoo(rows.reversed(), names: "d0\nd1\nd2\n"))
        func vectors(_ graph: ZooGraph, _ learner: GraphLearner) throws -> [Float] {
            try learner.embed(graph, dimension: 8, seed: 1, work: .unwatched).vectors
        }
        for learner in [GraphLearner.graphSAGE, .gat] {
            #expect(try vectors(with, learner) != vectors(other, learner))
        }
        #expect(try vectors(with, .node2vec) == vectors(other, .node2vec))
    }
}
