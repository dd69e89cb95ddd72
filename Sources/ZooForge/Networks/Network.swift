import Foundation
import TransferGraphCore

/// A character network with a linear classifier on top: features, then class scores, then the cross-entropy.
///
/// Belongs to one thread; what lasts of it is ``snapshot()``.
public final class Network<Number: Real> {
    public let architecture: Architecture
    /// The number of classes it tells apart.
    public let classes: Int
    /// The most words one call takes.
    public let batch: Int

    private let encoder: Encoder<Number>
    private let head: Dense<Number>
    private let parameters: Buffer<Number>
    private let gradients: Buffer<Number>
    private var adam: Adam<Number>
    private let scores: Buffer<Number>
    private let featureSlope: Buffer<Number>
    private let words: WordBatch
    private let encoderParameters: Int
    private var features: UnsafeMutablePointer<Number>

    /// A network that begins with weights drawn from the generator. Where `encoder` is given (a snapshot's weights,
    /// as many as the architecture has without its classifier), only the classifier's are drawn.
    public init(
        _ architecture: Architecture, classes: Int, batch: Int = 32, encoder weights: ArraySlice<Float>? = nil,
        generator: inout SeededGenerator
    ) {
        var layout = ParameterLayout()
        encoder = Encoder(architecture, batch: batch, in: &layout)
        encoderParameters = layout.count
        head = Dense(inputs: architecture.width, outputs: classes, activation: .none, in: &layout)
        self.architecture = architecture
        self.classes = classes
        self.batch = batch
        parameters = Buffer(count: layout.count)
        gradients = Buffer(count: layout.count)
        adam = Adam(count: layout.count)
        scores = Buffer(count: batch * classes)
        featureSlope = Buffer(count: batch * architecture.width)
        words = WordBatch(capacity: batch)
        features = featureSlope.base
        if let weights {
            precondition(weights.count == encoderParameters, "the weights are of this architecture")
            for (index, weight) in weights.enumerated() { parameters.base[index] = Number(weight) }
            layout.initialise(parameters, from: encoderParameters, &generator)
        } else {
            layout.initialise(parameters, &generator)
        }
    }

    /// The number of weights that an architecture has without its classifier.
    public static func encoderParameterCount(of architecture: Architecture) -> Int {
        var layout = ParameterLayout()
        _ = Encoder<Number>(architecture, batch: 1, in: &layout)
        return layout.count
    }

    /// All weights, the classifier's last.
    public func snapshot() -> [Float] {
        (0..<parameters.count).map { Float(parameters.base[$0]) }
    }

    /// Puts a snapshot of a network of the same shape in place.
    public func restore(_ weights: [Float]) {
        precondition(weights.count == parameters.count, "the weights are of this network")
        for (index, weight) in weights.enumerated() { parameters.base[index] = Number(weight) }
    }

    /// Features and class scores of the given rows of `words`; at most `batch` of them.
    public func forward(_ words: EncodedWords, rows: ArraySlice<Int>) {
        self.words.fill(words, rows: rows)
        features = encoder.forward(parameters, self.words)
        head.forward(parameters, features, rows: self.words.count, into: scores.base)
    }

    /// The features of the last ``forward(_:rows:)``, row by row.
    public func appendFeatures(to values: inout [Float]) {
        for index in 0..<words.count * architecture.width { values.append(Float(features[index])) }
    }

    /// The class probabilities of the last ``forward(_:rows:)``, row by row.
    public func appendProbabilities(to values: inout [Float]) {
        for row in 0..<words.count {
            let score = scores.base + row * classes
            let largest = (0..<classes).map { score[$0] }.max() ?? 0
            let powers = (0..<classes).map { Number.exponential(score[$0] - largest) }
            let sum = powers.reduce(0, +)
            for power in powers { values.append(Float(power / sum)) }
        }
    }

    /// Of the last ``forward(_:rows:)``: the number of words whose highest score is their label's, and the sum of
    /// the cross-entropies in nats.
    public func measure(labels: [Int32]) -> (correct: Int, loss: Double) {
        var correct = 0
        var loss = 0.0
        for row in 0..<words.count {
            let score = scores.base + row * classes
            let label = Int(labels[words.rows[row]])
            var best = 0
            for index in 1..<classes where score[index] > score[best] { best = index }
            if best == label { correct += 1 }
            var sum: Number = 0
            for index in 0..<classes { sum += Number.exponential(score[index] - score[best]) }
            loss += log(Double(sum)) - Double(score[label] - score[best])
        }
        return (correct, loss)
    }

    /// The gradient of the mean cross-entropy of the last ``forward(_:rows:)`` by every weight.
    public func backward(labels: [Int32]) {
        gradients.clear()
        let rows = words.count
        let share = 1 / Number(rows)
        for row in 0..<rows {
            let score = scores.base + row * classes
            let label = Int(labels[words.rows[row]])
            var largest = score[0]
            for index in 1..<classes where score[index] > largest { largest = score[index] }
            var sum: Number = 0
            for index in 0..<classes {
                score[index] = Number.exponential(score[index] - largest)
                sum += score[index]
            }
            for index in 0..<classes { score[index] *= share / sum }
            score[label] -= share
        }
        head.backward(
            parameters, gradients, x: features, y: scores.base, rows: rows, dy: scores.base, dx: featureSlope.base)
        encoder.backward(parameters, gradients, words, dy: featureSlope.base)
    }

    /// The last gradient, in the order of ``snapshot()``.
    public func gradient() -> [Number] {
        (0..<gradients.count).map { gradients.base[$0] }
    }

    /// Adds `amount` to one weight; for checking gradients.
    public func nudge(_ index: Int, by amount: Number) {
        parameters.base[index] += amount
    }

    /// One step of Adam against the last gradient.
    public func step(learningRate: Double) {
        adam.step(parameters.base, gradients.base, rate: learningRate)
    }
}
