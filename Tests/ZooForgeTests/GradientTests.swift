import Testing
import TransferGraphCore
import ZooForge

/// Analytic gradients against central differences of the loss, in double precision.
struct GradientTests {
    static let architectures: [Architecture] = [
        Architecture(family: .bag, width: 5, depth: 1, embedding: 4, span: 3, buckets: 61),
        Architecture(family: .bag, width: 5, depth: 3, embedding: 4, span: 2, buckets: 61),
        Architecture(family: .ends, width: 6, depth: 2, embedding: 3),
        Architecture(family: .cnn, width: 6, depth: 1, embedding: 4, span: 5),
        Architecture(family: .cnn, width: 5, depth: 2, embedding: 4, span: 3),
        Architecture(family: .gru, width: 5, depth: 1, embedding: 4),
        Architecture(family: .attention, width: 7, depth: 1, embedding: 5),
    ]

    private func sample(_ generator: inout SeededGenerator) -> (words: EncodedWords, labels: [Int32]) {
        var words: [Word] = []
        var labels: [Int32] = []
        for _ in 0..<7 {
            let length = Alphabet.shortestWord + generator.index(below: Alphabet.longestWord - 2)
            words.append(Word((0..<length).map { _ in UInt8(4 + generator.index(below: Alphabet.size - 4)) }))
            labels.append(Int32(generator.index(below: 3)))
        }
        return (EncodedWords(words), labels)
    }

    private func loss(_ network: Network<Double>, _ words: EncodedWords, _ labels: [Int32]) -> Double {
        network.forward(words, rows: Array(0..<words.count)[...])
        return network.measure(labels: labels).loss / Double(words.count)
    }

    @Test(arguments: architectures, [1, 2, 3] as [UInt64])
    func everyFamilysGradientMatchesFiniteDifferences(architecture: Architecture, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let network = Network<Double>(architecture, classes: 3, batch: 8, generator: &generator)
        let (words, labels) = sample(&generator)
        _ = loss(network, words, labels)
        network.backward(labels: labels)
        let gradient = network.gradient()
        #expect(gradient.contains { $0 != 0 })
        let step = 1e-6
        // Every weight that has a slope, and some that should have none.
        for index in gradient.indices where gradient[index] != 0 || index % 17 == 0 {
            network.nudge(index, by: step)
            let above = loss(network, words, labels)
            network.nudge(index, by: -2 * step)
            let below = loss(network, words, labels)
            network.nudge(index, by: step)
            let measured = (above - below) / (2 * step)
            #expect(
                abs(measured - gradient[index]) < 1e-8 + 1e-5 * abs(measured),
                "weight \(index) of \(architecture.name): \(gradient[index]), measured \(measured)")
        }
    }

    @Test(arguments: architectures)
    func theSinglePrecisionGradientIsTheDoubleOneRounded(architecture: Architecture) {
        var first = SeededGenerator(seed: 9)
        var second = SeededGenerator(seed: 9)
        let coarse = Network<Float>(architecture, classes: 3, batch: 8, generator: &first)
        let fine = Network<Double>(architecture, classes: 3, batch: 8, generator: &second)
        let (words, labels) = sample(&first)
        let rows = Array(0..<words.count)[...]
        coarse.forward(words, rows: rows)
        fine.forward(words, rows: rows)
        coarse.backward(labels: labels)
        fine.backward(labels: labels)
        for (a, b) in zip(coarse.gradient(), fine.gradient()) {
            #expect(abs(Double(a) - b) < 2e-6 + 2e-4 * abs(b))
        }
    }
}
