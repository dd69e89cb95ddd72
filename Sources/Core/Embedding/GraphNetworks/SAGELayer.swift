/// A GraphSAGE layer with mean aggregation: `yᵢ = W_n · mean(xⱼ for j → i) + W_r · xᵢ + b`
/// (Hamilton, Ying and Leskovec, NIPS 2017, algorithm 1 with the mean aggregator).
///
/// The mean over no neighbours is zero.
package struct SAGELayer<Scalar: BLASScalar>: MessagePassingLayer {
    /// Outputs × inputs: applied to the mean of the neighbours.
    package var neighbourWeight: DenseMatrix<Scalar>
    /// Outputs × inputs: applied to the node itself.
    package var rootWeight: DenseMatrix<Scalar>
    package var bias: [Scalar]

    package init(neighbourWeight: DenseMatrix<Scalar>, rootWeight: DenseMatrix<Scalar>, bias: [Scalar]) {
        self.neighbourWeight = neighbourWeight
        self.rootWeight = rootWeight
        self.bias = bias
    }

    init(inputs: Int, outputs: Int, using generator: inout SeededGenerator) {
        self.init(
            neighbourWeight: DenseMatrix(rows: outputs, columns: inputs, glorot: &generator),
            rootWeight: DenseMatrix(rows: outputs, columns: inputs, glorot: &generator),
            bias: [Scalar](repeating: 0, count: outputs))
    }

    /// The neighbours' means.
    package struct Memory {
        let means: DenseMatrix<Scalar>
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
        _ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop
    ) throws -> (output: DenseMatrix<Scalar>, memory: Memory) {
        let width = input.columns
        var means = DenseMatrix<Scalar>(rows: block.targetCount, columns: width)
        try means.withMutableRows { means in
            try input.withRows { input in
                // Each turn writes its own rows of the means.
                nonisolated(unsafe) let (means, input) = (means, input)
                try loop.rows(block.targetCount, width: width) { targets in
                    for target in targets {
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
        }
        var output = try means.times(neighbourWeight, isTransposed: true, loop: loop)
        try output.add(input, times: rootWeight, isTransposed: true, loop: loop)
        output.addToRows(bias)
        return (output, Memory(means: means))
    }

    package func backward(
        _ outputGradient: DenseMatrix<Scalar>, input: DenseMatrix<Scalar>, over block: MessageBlock, memory: Memory,
        loop: RowLoop
    ) throws -> (input: DenseMatrix<Scalar>, parameters: [[Scalar]]) {
        let width = input.columns
        let meansGradient = try outputGradient.times(neighbourWeight, loop: loop)
        var inputGradient = DenseMatrix<Scalar>(rows: block.sourceCount, columns: width)
        try inputGradient.add(outputGradient, times: rootWeight, loop: loop)
        try inputGradient.withMutableRows { inputGradient in
            try meansGradient.withRows { meansGradient in
                // Each turn writes its own rows of the gradient.
                nonisolated(unsafe) let (inputGradient, meansGradient) = (inputGradient, meansGradient)
                try loop.rows(block.sourceCount, width: width) { sources in
                    for source in sources {
                        for place in block.outgoingRow(source) {
                            let target = Int(block.outgoing[place].target)
                            Scalar.add(
                                1 / Scalar(max(1, block.row(target).count)), times: meansGradient + target * width,
                                to: inputGradient + source * width, count: width)
                        }
                    }
                }
            }
        }
        let parameters = [
            try outputGradient.transposedTimes(memory.means, loop: loop).values,
            try outputGradient.columnSums(loop: loop),
            try outputGradient.transposedTimes(input, loop: loop).values,
        ]
        return (inputGradient, parameters)
    }
}
