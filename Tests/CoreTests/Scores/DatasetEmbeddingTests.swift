import Testing
import TransferGraphCore

@Suite struct DatasetEmbeddingTests {
    @Test func theMeanFeatureIsTheColumnsMean() throws {
        let features = Matrix(rows: 3, columns: 2, values: [1, 10, 2, 20, 6, 60])
        #expect(try DatasetEmbedding.meanFeature(of: FeatureMatrix(features)) == [3, 30])
    }

    @Test func distancesAreThoseOfTheirDefinitions() throws {
        let (a, b) = ([3.0, 4], [4.0, 3])
        #expect(abs((DatasetEmbedding.Distance.euclidean.between(a, b) ?? 0) - 2.0.squareRoot()) < 1e-15)
        #expect(abs((DatasetEmbedding.Distance.cosine.between(a, b) ?? 0) - (1 - 24.0 / 25)) < 1e-15)
        #expect(abs((DatasetEmbedding.Distance.correlation.between(a, b) ?? 0) - 2) < 1e-15)
        #expect(DatasetEmbedding.Distance.cosine.between([0, 0], b) == nil)
        #expect(DatasetEmbedding.Distance.correlation.between([5, 5], b) == nil)
        // Task2Vec: (1, 3) and (3, 1) over their sums are (¼, ¾) and (¾, ¼), cosine 0.6.
        #expect(abs((DatasetEmbedding.Distance.normalizedCosine.between([1, 3], [3, 1]) ?? 0) - 0.4) < 1e-15)
        #expect(abs((DatasetEmbedding.Distance.normalizedCosine.between([1, 3, 0], [3, 1, 0]) ?? 0) - 0.4) < 1e-15)
    }

    @Test(arguments: DatasetEmbedding.Distance.allCases)
    func matricesOfDistancesAreSymmetricWithZerosOnTheDiagonal(distance: DatasetEmbedding.Distance) throws {
        var generator = SeededGenerator(seed: 3)
        let embeddings = Matrix(rows: 7, columns: 5, values: (0..<35).map { _ in generator.uniform() })
        let matrix = try DatasetEmbedding.distances(embeddings, distance)
        #expect(matrix == matrix.transposed)
        for row in 0..<7 { #expect(matrix[row, row] == 0) }
        #expect(matrix.values.allSatisfy { $0 >= 0 })
    }
}
