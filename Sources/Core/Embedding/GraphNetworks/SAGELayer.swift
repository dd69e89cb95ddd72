/// A GraphSAGE layer with mean aggregation: `yᵢ = W_n · mean(xⱼ for j → i) + W_r · xᵢ + b`
/// (Hamilton, Ying and Leskovec, NIPS 2017, algorithm 1 with the mean aggregator).
///
/// The mean over no neighbours is zero.
package struct SAGELayer<Scalar: LearnerScalar>: MessagePassingLayer {
    /// Outputs × inputs: applied to the mean of the neighbours.
    package var neighbourWeight: NodeMatrix<Scalar>
    /// Outputs × inputs: applied to the node itself.
    package var rootWeight: NodeMatrix<Scalar>
    package var bias: [Scalar]

    package init(neighbourWeight: NodeMatrix<Scalar>, rootWeight: NodeMatrix<Scalar>, bias: [Scalar]) {
        self.neighbourWeight = neighbourWeight
        self.rootWeight = rootWeight
        self.bias = bias
    }

    init(inputs: Int, outputs: Int, using generator: inout SeededGenerator) {
        self.init(
            neighbourWeight: NodeMatrix(rows: outputs, columns: inputs, glorot: &generator),
            rootWeight: NodeMatrix(rows: outputs, columns: inputs, glorot: &generator),
            bias: [Scalar](repeating: 0, count: outputs))
    }

    /// The neighbours' means.
    package struct Memory {
        let means: NodeMatrix<Scalar>
    }

    package var parameters: [[Scalar]] {
        get { [neighbourWeight.values, bias, rootWeight.values] }
        set {
            neighbourWeight.values = newValue[0]
            bias = newValue[1]
            rootWeight.values = newValue[2]
        }
    }

    package func forward(
        _ input: NodeMatrix<Scalar>, over block: MessageBlock
    ) -> (output: NodeMatrix<Scalar>, memory: Memory) {
        let width = input.columns
        var means = NodeMatrix<Scalar>(rows: block.targetCount, columns: width)
        means.withMutableRows { means in
            input.withRows { input in
                for target in 0..<block.targetCount {
                    let row = block.row(target)
                    let share = 1 / Scalar(max(1, row.count))
                    for entry in row {
                        Scalar.add(
                            share, times: input + Int(block.sources[entry]) * width, to: means + target * width,
                            count: width)
                    }
                }
            }
        }
        var output = means.timesTransposed(neighbourWeight)
        output.add(input.prefix(block.targetCount).timesTransposed(rootWeight))
        output.addToRows(bias)
        return (output, Memory(means: means))
    }

    package func backward(
        _ outputGradient: NodeMatrix<Scalar>, input: NodeMatrix<Scalar>, over block: MessageBlock, memory: Memory
    ) -> (input: NodeMatrix<Scalar>, parameters: [[Scalar]]) {
        let width = input.columns
        let meansGradient = outputGradient.times(neighbourWeight)
        var inputGradient = NodeMatrix<Scalar>(rows: block.sourceCount, columns: width)
        inputGradient.add(outputGradient.times(rootWeight))
        inputGradient.withMutableRows { inputGradient in
            meansGradient.withRows { meansGradient in
                for target in 0..<block.targetCount {
                    let row = block.row(target)
                    let share = 1 / Scalar(max(1, row.count))
                    for entry in row {
                        Scalar.add(
                            share, times: meansGradient + target * width,
                            to: inputGradient + Int(block.sources[entry]) * width, count: width)
                    }
                }
            }
        }
        let parameters = [
            outputGradient.transposedTimes(memory.means).values, outputGradient.columnSums(),
            outputGradient.transposedTimes(input.prefix(block.targetCount)).values,
        ]
        return (inputGradient, parameters)
    }
}
