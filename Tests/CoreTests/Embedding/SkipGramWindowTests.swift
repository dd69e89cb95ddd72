import Foundation
import Testing
import TransferGraphCore

struct SkipGramWindowTests {
    /// Every size of window up to the tiles' edges and beyond, with a context that stands twice.
    @Test(arguments: 1...9, [0, 1, 4, 5, 6, 11])
    func aStepIsTheGradientOfTheSampledLoss(contexts: Int, negatives: Int) {
        for isWide in Set([SkipGramWindow.processorIsWide, false]) {
            step(contexts: contexts, negatives: negatives, isWide: isWide)
        }
    }

    private func step(contexts: Int, negatives: Int, isWide: Bool) {
        let dimension = 12
        let rate: Float = 0.1
        var generator = SeededGenerator(seed: UInt64(contexts * 100 + negatives))
        let kernel = SkipGramWindow(
            dimension: dimension, contextLimit: contexts, negatives: negatives, isWide: isWide)
        func rows(_ count: Int) -> [SkipGramWindow.Row] {
            (0..<count).map { _ in
                let row = SkipGramWindow.allocateRows(1, width: kernel.width)
                for component in 0..<dimension { row[component] = Float(generator.normal()) * 0.3 }
                return row
            }
        }
        func values(_ rows: [SkipGramWindow.Row]) -> [[Double]] {
            rows.map { row in (0..<dimension).map { Double(row[$0]) } }
        }
        let inputs = rows(contexts)
        let outputs = rows(negatives + 1)
        defer { for row in inputs + outputs { row.deallocate() } }
        let (oldInputs, oldOutputs) = (values(inputs), values(outputs))
        for (place, row) in inputs.enumerated() { kernel.inputs[place] = row }
        for (place, row) in outputs.enumerated() { kernel.outputs[place] = row }
        kernel.step(inputCount: contexts, outputCount: negatives + 1, rate: rate)

        var expectedInputs = oldInputs
        var expectedOutputs = oldOutputs
        for (i, input) in oldInputs.enumerated() {
            for (o, output) in oldOutputs.enumerated() {
                let score = zip(input, output).reduce(0) { $0 + $1.0 * $1.1 }
                let gradient = Double(rate) * ((o == 0 ? 1 : 0) - 1 / (1 + exp(-score)))
                for component in 0..<dimension {
                    expectedInputs[i][component] += gradient * output[component]
                    expectedOutputs[o][component] += gradient * input[component]
                }
            }
        }
        // The tile's width is what outputs beyond the first six are updated in: their inputs have moved by one tile.
        let tolerance = negatives < 6 ? 2e-3 * Double(rate) * Double(contexts) : 0.05
        for (ours, expected) in zip(values(inputs) + values(outputs), expectedInputs + expectedOutputs) {
            for (a, b) in zip(ours, expected) { #expect(abs(a - b) < tolerance) }
        }
    }

    @Test func aRowThatStandsTwiceTakesBothUpdates() {
        let kernel = SkipGramWindow(dimension: 4, contextLimit: 2, negatives: 2)
        let input = SkipGramWindow.allocateRows(1, width: 1)
        let output = SkipGramWindow.allocateRows(1, width: 1)
        let centre = SkipGramWindow.allocateRows(1, width: 1)
        defer {
            input.deallocate()
            output.deallocate()
            centre.deallocate()
        }
        input[0] = 1
        output[1] = 1
        centre[2] = 1
        kernel.inputs[0] = input
        kernel.outputs[0] = centre
        kernel.outputs[1] = output
        kernel.outputs[2] = output
        kernel.step(inputCount: 1, outputCount: 3, rate: 0.1)
        // All scores are 0: each gradient is ±0.05.
        #expect(abs(input[1] + 0.1) < 1e-4)
        #expect(abs(input[2] - 0.05) < 1e-4)
        #expect(abs(output[0] + 0.1) < 1e-4)
        #expect(abs(centre[0] - 0.05) < 1e-4)
    }
}
