/// A layer of a graph network, with its gradients worked out by hand.
package protocol MessagePassingLayer<Scalar>: Sendable {
    associatedtype Scalar: BLASScalar
    /// What the way forward keeps for the way back.
    associatedtype Memory

    /// Leaves the room of what the way forward kept, once the way back is gone.
    static func keep(_ memory: Memory, in room: MatrixRoom)

    /// All parameters, in a fixed order.
    var parameters: [[Scalar]] { get set }

    /// - Parameter input: a row for each source of the block.
    /// - Returns: a row for each of its targets.
    /// - Throws: `Cancelled`.
    func forward(
        _ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop
    ) throws -> (output: DenseMatrix<Scalar>, memory: Memory)

    /// The gradients of a loss, from its gradient by the output.
    ///
    /// - Returns: the gradient by the input, and one for each of ``parameters`` in their order.
    /// - Throws: `Cancelled`.
    func backward(
        _ outputGradient: DenseMatrix<Scalar>, input: DenseMatrix<Scalar>, over block: MessageBlock, memory: Memory,
        loop: RowLoop
    ) throws -> (input: DenseMatrix<Scalar>, parameters: [[Scalar]])
}
