import Foundation
import Testing
import TransferGraphCore

/// The regression behind held-out links, linear probes and PACTran, against an optimum found another way.
struct LogisticRegressionTests {
    private static let rows = 120
    private static let columns = 5

    private struct Sample {
        var features: Matrix
        var classes: [Int]
    }

    /// Classes that follow the features, but not surely.
    private static func sample(seed: UInt64) -> Sample {
        var generator = SeededGenerator(seed: seed)
        let truth = (0..<columns).map { _ in 1.5 * generator.normal() }
        let features = Matrix(
            rows: rows, columns: columns, values: (0..<rows * columns).map { _ in generator.normal() })
        let classes = (0..<rows).map { row -> Int in
            let score = zip(truth, features.row(row)).reduce(0.4) { $0 + $1.0 * $1.1 }
            return generator.uniform() < 1 / (1 + exp(-score)) ? 1 : 0
        }
        return Sample(features: features, classes: classes)
    }

    /// The minimum of mean log(1 + e^−(±(w·x + b))) + ‖w‖² / (4 · prior) by Newton's method, b last: what two classes'
    /// weights ±w/2 with the penalty ‖W‖² / (2 · prior) come to.
    private static func newton(_ lines: [[Double]], _ classes: [Int], prior: Double) throws -> [Double] {
        let size = lines[0].count + 1
        var point = [Double](repeating: 0, count: size)
        for _ in 0..<50 {
            var gradient = [Double](repeating: 0, count: size)
            var curvature = Matrix(rows: size, columns: size)
            for (line, own) in zip(lines, classes) {
                let line = line + [1]
                let probability = 1 / (1 + exp(-zip(point, line).reduce(0) { $0 + $1.0 * $1.1 }))
                for i in 0..<size {
                    gradient[i] += (probability - Double(own)) * line[i] / Double(lines.count)
                    for j in 0..<size {
                        curvature[i, j] += probability * (1 - probability) * line[i] * line[j] / Double(lines.count)
                    }
                }
            }
            for i in 0..<size - 1 {
                gradient[i] += point[i] / (2 * prior)
                curvature[i, i] += 1 / (2 * prior)
            }
            let step = try #require(CholeskyFactor(curvature)).solved(gradient)
            for i in 0..<size { point[i] -= step[i] }
            if step.allSatisfy({ abs($0) < 1e-13 }) { break }
        }
        return point
    }

    @Test(arguments: 0..<10, [1.0, 120, 1e4])
    func twoClassesEndAtNewtonsOptimum(seed: UInt64, prior: Double) throws {
        let sample = Self.sample(seed: seed)
        let fit = try SoftmaxRegression(
            sample.features, classes: sample.classes, classCount: 2, prior: prior, threads: 1, work: .unwatched)
        let expected = try Self.newton(
            (0..<Self.rows).map { Array(sample.features.row($0)) }, sample.classes, prior: prior)
        for column in 0..<Self.columns {
            let weight = fit.weights[column, 1] - fit.weights[column, 0]
            #expect(abs(weight - expected[column]) < 1e-4 * max(1, abs(expected[column])))
            // The two classes share the weight evenly: the penalty is least so.
            #expect(abs(fit.weights[column, 1] + fit.weights[column, 0]) < 1e-5)
        }
        #expect(abs(fit.biases[1] - fit.biases[0] - expected[Self.columns]) < 1e-4)
    }

    /// The gradient at the fit, by differences of the loss as its formula says.
    @Test(arguments: 0..<5)
    func theGradientIsZeroAtTheFitOfThreeClasses(seed: UInt64) throws {
        var sample = Self.sample(seed: seed)
        for row in 0..<Self.rows where sample.features[row, 0] > 0.8 { sample.classes[row] = 2 }
        let prior = 40.0
        let fit = try SoftmaxRegression(
            sample.features, classes: sample.classes, classCount: 3, prior: prior, threads: 2, work: .unwatched)
        func loss(_ weights: Matrix, _ biases: [Double]) -> Double {
            var sum = 0.0
            for row in 0..<Self.rows {
                let scores = (0..<3).map { index in
                    (0..<Self.columns).reduce(biases[index]) { $0 + sample.features[row, $1] * weights[$1, index] }
                }
                sum += log(scores.reduce(0) { $0 + exp($1) }) - scores[sample.classes[row]]
            }
            return sum / Double(Self.rows) + weights.values.reduce(0) { $0 + $1 * $1 } / (2 * prior)
        }
        #expect(abs(loss(fit.weights, fit.biases) - fit.loss) < 1e-12)
        let step = 1e-4
        for place in fit.weights.values.indices {
            var (more, less) = (fit.weights, fit.weights)
            more.values[place] += step
            less.values[place] -= step
            #expect(abs(loss(more, fit.biases) - loss(less, fit.biases)) / (2 * step) < 1e-6)
        }
        for index in 0..<3 {
            var (more, less) = (fit.biases, fit.biases)
            more[index] += step
            less[index] -= step
            #expect(abs(loss(fit.weights, more) - loss(fit.weights, less)) / (2 * step) < 1e-6)
        }
    }

    /// The whole way from vectors to figures, with the regression done by Newton's method.
    @Test(arguments: 0..<5)
    func heldOutFiguresAreThoseOfNewtonsRegressionOnProducts(seed: UInt64) throws {
        let graph = MadeGraph.communities(3, size: 25, within: 0.4, between: 0.05, seed: seed)
        let split = LinkSplit(of: graph, share: 0.2, seed: seed)
        let dimension = Self.columns
        var generator = SeededGenerator(seed: seed)
        let vectors = (0..<graph.nodeCount).flatMap { node in
            (0..<dimension).map { Float(($0 == node % 3 ? 1.0 : 0) + 0.6 * generator.normal()) }
        }
        let embedding = Embedding(vectors: vectors, dimension: dimension, learner: "test", seed: 0, losses: [])
        let ours = try LinkPrediction(byHadamardOf: embedding, split, seed: seed, work: .unwatched)

        func products(_ pair: CSRGraph.Edge) -> [Double] {
            (0..<dimension).map {
                Double(vectors[Int(pair.from) * dimension + $0]) * Double(vectors[Int(pair.to) * dimension + $0])
            }
        }
        let (joined, apart) = split.trainingPairs(limit: 5000, seed: seed)
        let lines = (joined + apart).map(products)
        let count = Double(lines.count)
        let scales = (0..<dimension).map { column in
            let mean = lines.reduce(0) { $0 + $1[column] } / count
            return 1 / (lines.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) } / count).squareRoot()
        }
        let weights = try Self.newton(
            lines.map { zip($0, scales).map(*) }, joined.map { _ in 1 } + apart.map { _ in 0 }, prior: count)
        func score(_ pair: CSRGraph.Edge) -> Double {
            zip(zip(products(pair), scales), weights).reduce(0) { $0 + $1.0.0 * $1.0.1 * $1.1 }
        }
        let expected = LinkPrediction(positives: split.positives.map(score), negatives: split.negatives.map(score))
        // Scores that differ in the fifth digit may change places.
        #expect(abs(ours.areaUnderCurve - expected.areaUnderCurve) < 1e-3)
        #expect(abs(ours.averagePrecision - expected.averagePrecision) < 1e-3)
        #expect(expected.areaUnderCurve > 0.5)
    }
}
