/// A layer beside a linear map of its input: `y = layer(x) + W x`.
///
/// Without it attention forgets a node in a dense graph: every node attends to the same ones in the same order, for the
/// order of `a_s · zⱼ` over j is the same for every i (Brody, Alon and Yahav, "How Attentive are Graph Attention Networks?",
/// ICLR 2022), and where all have the same neighbours all have the same mean.
package struct SkipLayer<Layer: MessagePassingLayer>: MessagePassingLayer {
    package typealias Scalar = Layer.Scalar
    package typealias Memory = Layer.Memory

    package var layer: Layer
    /// Outputs × inputs: applied to the node itself.
    package var rootWeight: DenseMatrix<Scalar>

    package init(_ layer: Layer, rootWeight: DenseMatrix<Scalar>) {
        self.layer = layer
        self.rootWeight = rootWeight
    }

    package static func keep(_ memory: Memory, in room: MatrixRoom) {
        Layer.keep(memory, in: room)
    }

    package var parameters: [[Scalar]] {
        get { layer.parameters + [rootWeight.values] }
        set {
            layer.parameters = Array(newValue.dropLast())
            rootWeight.values = newValue[newValue.count - 1]
        }
    }

    package func forward(
        _ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop
    ) throws -> (output: DenseMatrix<Scalar>, memory: Memory) {
        var (output, memory) = try layer.forward(input, over: block, loop: loop)
        try output.add(input, times: rootWeight, isTransposed: true, loop: loop)
        return (output, memory)
    }

    package func backward(
        _ outputGradient: DenseMatrix<Scalar>, input: DenseMatrix<Scalar>, over block: MessageBlock, memory: Memory,
        loop: RowLoop
    ) throws -> (input: DenseMatrix<Scalar>, parameters: [[Scalar]]) {
        var (inputGradient, parameters) = try layer.backward(
            outputGradient, input: input, over: block, memory: memory, loop: loop)
        try inputGradient.add(outputGradient, times: rootWeight, loop: loop)
        parameters.append(try outputGradient.transposedTimes(input, loop: loop).values)
        return (inputGradient, parameters)
    }
}
