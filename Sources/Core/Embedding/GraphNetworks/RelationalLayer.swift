/// A layer of a relational graph convolutional network: `yᵢ = W₀ xᵢ + Σᵣ Wᵣ · meanⱼ xⱼ + b`, the mean over the edges j → i
/// of relation r, each counting by its weight (Schlichtkrull et al., "Modeling Relational Data with Graph Convolutional
/// Networks", ESWC 2018, equation 2, whose edges have no weights).
///
/// The mean over no neighbours is zero. The block tells each edge's relation and weight; where it tells none, all edges are
/// of the first relation and weigh the same. With one relation it is then GraphSAGE's layer with mean aggregation,
/// `yᵢ = W_n · mean(xⱼ for j → i) + W_r · xᵢ + b` (Hamilton, Ying and Leskovec, NIPS 2017, algorithm 1).
package struct RelationalLayer<Scalar: BLASScalar>: MessagePassingLayer {
    /// Outputs × inputs, one for each relation.
    package var relationWeights: [DenseMatrix<Scalar>]
    /// Outputs × inputs: applied to the node itself.
    package var rootWeight: DenseMatrix<Scalar>
    package var bias: [Scalar]

    package init(relationWeights: [DenseMatrix<Scalar>], rootWeight: DenseMatrix<Scalar>, bias: [Scalar]) {
        self.relationWeights = relationWeights
        self.rootWeight = rootWeight
        self.bias = bias
    }

    /// GraphSAGE's layer: one relation.
    package init(neighbourWeight: DenseMatrix<Scalar>, rootWeight: DenseMatrix<Scalar>, bias: [Scalar]) {
        self.init(relationWeights: [neighbourWeight], rootWeight: rootWeight, bias: bias)
    }

    init(inputs: Int, outputs: Int, relations: Int, using generator: inout SeededGenerator) {
        var weights: [DenseMatrix<Scalar>] = []
        for _ in 0..<relations { weights.append(DenseMatrix(rows: outputs, columns: inputs, glorot: &generator)) }
        self.init(
            relationWeights: weights, rootWeight: DenseMatrix(rows: outputs, columns: inputs, glorot: &generator),
            bias: [Scalar](repeating: 0, count: outputs))
    }

    package struct Memory {
        /// The neighbours' means, by relation.
        let means: [DenseMatrix<Scalar>]
        /// What each edge counts in its mean.
        let shares: [Scalar]
    }

    package static func keep(_ memory: Memory, in room: MatrixRoom) {
        for means in memory.means { room.keep(means) }
    }

    package var parameters: [[Scalar]] {
        get { relationWeights.map(\.values) + [bias, rootWeight.values] }
        set {
            let count = relationWeights.count
            for relation in 0..<count { relationWeights[relation].values = newValue[relation] }
            bias = newValue[count]
            rootWeight.values = newValue[count + 1]
        }
    }

    package func forward(
        _ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop
    ) throws -> (output: DenseMatrix<Scalar>, memory: Memory) {
        let width = input.columns
        let shares = shares(of: block)
        var output = try input.times(rootWeight, isTransposed: true, firstRows: block.targetCount, loop: loop)
        var means: [DenseMatrix<Scalar>] = []
        for (relation, weight) in relationWeights.enumerated() {
            var mean: DenseMatrix<Scalar> = loop.room.matrix(rows: block.targetCount, columns: width)
            try mean.withMutableRows { mean in
                try input.withRows { input in
                    // Each turn writes its own rows of the means.
                    nonisolated(unsafe) let (mean, input) = (mean, input)
                    try loop.rows(block.targetCount, width: width) { targets in
                        for target in targets {
                            (mean + target * width).update(repeating: 0, count: width)
                            for entry in block.row(target) where block.relation(of: entry) == relation {
                                Scalar.add(
                                    shares[entry], times: input + Int(block.sources[entry]) * width,
                                    to: mean + target * width, count: width)
                            }
                        }
                    }
                }
            }
            try output.add(mean, times: weight, isTransposed: true, loop: loop)
            means.append(mean)
        }
        try output.addToRows(bias, loop: loop)
        return (output, Memory(means: means, shares: shares))
    }

    package func backward(
        _ outputGradient: DenseMatrix<Scalar>, input: DenseMatrix<Scalar>, over block: MessageBlock, memory: Memory,
        loop: RowLoop
    ) throws -> (input: DenseMatrix<Scalar>, parameters: [[Scalar]]) {
        let width = input.columns
        let targetCount = block.targetCount
        var inputGradient: DenseMatrix<Scalar> = loop.room.matrix(rows: block.sourceCount, columns: width)
        // The rows of the targets; the others are cleared when the first relation comes to them.
        try inputGradient.set(outputGradient, times: rootWeight, loop: loop)
        var parameters: [[Scalar]] = []
        for (relation, weight) in relationWeights.enumerated() {
            let meansGradient = try outputGradient.times(weight, loop: loop)
            try inputGradient.withMutableRows { inputGradient in
                try meansGradient.withRows { meansGradient in
                    // Each turn writes its own rows of the gradient.
                    nonisolated(unsafe) let (inputGradient, meansGradient) = (inputGradient, meansGradient)
                    try loop.rows(block.sourceCount, width: width) { sources in
                        for source in sources {
                            if relation == 0 && source >= targetCount {
                                (inputGradient + source * width).update(repeating: 0, count: width)
                            }
                            for place in block.outgoingRow(source) {
                                let edge = block.outgoing[place]
                                guard block.relation(of: Int(edge.entry)) == relation else { continue }
                                Scalar.add(
                                    memory.shares[Int(edge.entry)], times: meansGradient + Int(edge.target) * width,
                                    to: inputGradient + source * width, count: width)
                            }
                        }
                    }
                }
            }
            loop.room.keep(meansGradient)
            parameters.append(try outputGradient.transposedTimes(memory.means[relation], loop: loop).values)
        }
        parameters.append(try outputGradient.columnSums(loop: loop))
        parameters.append(try outputGradient.transposedTimes(input, loop: loop).values)
        return (inputGradient, parameters)
    }

    /// Each edge's weight by the sum of those of its relation at its target.
    private func shares(of block: MessageBlock) -> [Scalar] {
        var shares = [Scalar](repeating: 0, count: block.sources.count)
        if block.relations.isEmpty {
            for target in 0..<block.targetCount {
                let row = block.row(target)
                let share = 1 / Scalar(max(1, row.count))
                for entry in row { shares[entry] = share }
            }
            return shares
        }
        precondition(block.relations.count == block.sources.count, "each edge has a relation")
        var sums = [Scalar](repeating: 0, count: relationWeights.count)
        for target in 0..<block.targetCount {
            for relation in sums.indices { sums[relation] = 0 }
            for entry in block.row(target) {
                sums[Int(block.relations[entry])] += Scalar(block.weights[entry])
            }
            for entry in block.row(target) {
                shares[entry] = Scalar(block.weights[entry]) / sums[Int(block.relations[entry])]
            }
        }
        return shares
    }
}
