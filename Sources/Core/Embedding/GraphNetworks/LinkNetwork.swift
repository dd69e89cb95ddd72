import Support

/// Two layers of message passing with a rectifier between, and the loss by which they learn to predict links.
///
/// The loss is −mean log σ(s) over joined pairs − mean log σ(−s) over pairs that are not, s the dot product of the
/// outputs of a pair.
package struct LinkNetwork<Layer: MessagePassingLayer>: Sendable {
    package typealias Scalar = Layer.Scalar

    package var first: Layer
    package var second: Layer

    package init(first: Layer, second: Layer) {
        self.first = first
        self.second = second
    }

    /// What the way forward leaves for the way back.
    private struct Pass {
        let firstMemory: Layer.Memory
        let hidden: DenseMatrix<Scalar>
        let secondMemory: Layer.Memory
        let output: DenseMatrix<Scalar>
    }

    /// A loss and what it changes with.
    package struct Gradients {
        package let loss: Double
        /// A row for each source of the first block.
        package let input: DenseMatrix<Scalar>
        /// One for each of the layers' parameters.
        package let first: [[Scalar]]
        package let second: [[Scalar]]
    }

    /// A row for each target of the second block.
    ///
    /// - Parameters:
    ///   - input: a row for each source of the first block, whose targets are the sources of the second.
    /// - Throws: `Cancelled`.
    package func output(
        _ input: DenseMatrix<Scalar>, first firstBlock: MessageBlock, second secondBlock: MessageBlock, loop: RowLoop
    ) throws -> DenseMatrix<Scalar> {
        try pass(input, first: firstBlock, second: secondBlock, loop: loop).output
    }

    /// What the first layer alone makes of its input.
    func hidden(_ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop) throws -> DenseMatrix<Scalar> {
        var (hidden, memory) = try first.forward(input, over: block, loop: loop)
        Layer.keep(memory, in: loop.room)
        try hidden.rectify(loop: loop)
        return hidden
    }

    /// The loss on some pairs of targets of the second block, and its gradients.
    ///
    /// - Throws: `Cancelled`.
    package func gradients(
        _ input: DenseMatrix<Scalar>, first firstBlock: MessageBlock, second secondBlock: MessageBlock,
        joined: [NodePair], apart: [NodePair], loop: RowLoop
    ) throws -> Gradients {
        let pass = try pass(input, first: firstBlock, second: secondBlock, loop: loop)
        var gradient: DenseMatrix<Scalar> = loop.room.matrix(rows: pass.output.rows, columns: pass.output.columns)
        gradient.clear()
        let loss =
            try Self.addLoss(of: joined, areJoined: true, in: pass.output, to: &gradient, work: loop.work)
            + Self.addLoss(of: apart, areJoined: false, in: pass.output, to: &gradient, work: loop.work)
        var (hiddenGradient, secondGradients) = try second.backward(
            gradient, input: pass.hidden, over: secondBlock, memory: pass.secondMemory, loop: loop)
        try hiddenGradient.blank(where: pass.hidden, loop: loop)
        let start = try first.backward(
            hiddenGradient, input: input, over: firstBlock, memory: pass.firstMemory, loop: loop)
        for matrix in [pass.output, pass.hidden, gradient, hiddenGradient] { loop.room.keep(matrix) }
        Layer.keep(pass.firstMemory, in: loop.room)
        Layer.keep(pass.secondMemory, in: loop.room)
        return Gradients(loss: loss, input: start.input, first: start.parameters, second: secondGradients)
    }

    private func pass(
        _ input: DenseMatrix<Scalar>, first firstBlock: MessageBlock, second secondBlock: MessageBlock, loop: RowLoop
    ) throws -> Pass {
        var (hidden, firstMemory) = try first.forward(input, over: firstBlock, loop: loop)
        try hidden.rectify(loop: loop)
        let (output, secondMemory) = try second.forward(hidden, over: secondBlock, loop: loop)
        return Pass(firstMemory: firstMemory, hidden: hidden, secondMemory: secondMemory, output: output)
    }

    /// Adds the gradient of the mean cross-entropy of some pairs of rows.
    private static func addLoss(
        of pairs: [NodePair], areJoined: Bool, in output: DenseMatrix<Scalar>, to gradient: inout DenseMatrix<Scalar>,
        work: Work
    ) throws -> Double {
        let width = output.columns
        let share = 1 / Scalar(max(1, pairs.count))
        var loss = 0.0
        try gradient.withMutableRows { gradient in
            try output.withRows { output in
                for (index, pair) in pairs.enumerated() {
                    if index % 1024 == 0 { try work.check() }
                    let (a, b) = (Int(pair.from) * width, Int(pair.to) * width)
                    let score = Scalar.dot(output + a, output + b, count: width)
                    let signed = areJoined ? score : -score
                    // −log σ(x) = log(1 + e⁻ˣ), written so that neither sign of x overflows.
                    loss += Double(
                        max(-signed, 0) + Scalar.log1p(Scalar.exp(-abs(signed))))
                    let slope = (areJoined ? -share : share) / (1 + Scalar.exp(signed))
                    Scalar.add(slope, times: output + b, to: gradient + a, count: width)
                    Scalar.add(slope, times: output + a, to: gradient + b, count: width)
                }
            }
        }
        return loss * Double(share)
    }
}

extension DenseMatrix {
    /// Sets what is negative to zero: the rectifier between the layers.
    fileprivate mutating func rectify(loop: RowLoop) throws {
        let (count, columns) = (rows, columns)
        try withMutableRows { values in
            // Each turn writes its own rows.
            nonisolated(unsafe) let values = values
            try loop.rows(count, width: columns) { rows in
                for place in rows.lowerBound * columns..<rows.upperBound * columns {
                    values[place] = values[place] < 0 ? 0 : values[place]
                }
            }
        }
    }

    /// Sets to zero what the rectifier stopped: the places where `hidden` is zero.
    fileprivate mutating func blank(where hidden: DenseMatrix, loop: RowLoop) throws {
        let (count, columns) = (rows, columns)
        try withMutableRows { values in
            try hidden.withRows { hidden in
                // Each turn writes its own rows.
                nonisolated(unsafe) let (values, hidden) = (values, hidden)
                try loop.rows(count, width: columns) { rows in
                    for place in rows.lowerBound * columns..<rows.upperBound * columns {
                        values[place] = hidden[place] <= 0 ? 0 : values[place]
                    }
                }
            }
        }
    }
}
