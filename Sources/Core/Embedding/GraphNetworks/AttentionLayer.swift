/// A graph attention layer, its heads side by side
/// (Veličković et al., "Graph Attention Networks", ICLR 2018, equations 1 to 5).
///
/// For head h with `zⱼ = W xⱼ`: `αᵢⱼ = softmaxⱼ LeakyReLU(a_s · zⱼ + a_t · zᵢ)` over the edges j → i, and
/// `yᵢ = Σⱼ αᵢⱼ zⱼ + b`. Self-loops are the block's business.
package struct AttentionLayer<Scalar: BLASScalar>: MessagePassingLayer {
    package let heads: Int
    /// (Heads · outputs of a head) × inputs.
    package var weight: DenseMatrix<Scalar>
    /// For each head, by what its outputs at an edge's source count towards attention: heads × outputs of a head.
    package var sourceAttention: [Scalar]
    /// The same at an edge's target.
    package var targetAttention: [Scalar]
    package var bias: [Scalar]

    /// The slope of the leaky rectifier below zero.
    private static var slope: Scalar { 0.2 }

    package init(
        heads: Int, weight: DenseMatrix<Scalar>, sourceAttention: [Scalar], targetAttention: [Scalar], bias: [Scalar]
    ) {
        self.heads = heads
        self.weight = weight
        self.sourceAttention = sourceAttention
        self.targetAttention = targetAttention
        self.bias = bias
    }

    init(inputs: Int, outputs: Int, heads: Int, using generator: inout SeededGenerator) {
        self.init(
            heads: heads, weight: DenseMatrix(rows: outputs, columns: inputs, glorot: &generator),
            sourceAttention: DenseMatrix(rows: heads, columns: outputs / heads, glorot: &generator).values,
            targetAttention: DenseMatrix(rows: heads, columns: outputs / heads, glorot: &generator).values,
            bias: [Scalar](repeating: 0, count: outputs))
    }

    package struct Memory {
        /// `z`: a row a source.
        let transformed: DenseMatrix<Scalar>
        /// α: a row an edge, a column a head.
        let attention: [Scalar]
        /// Whether the sum under the rectifier was positive, in the same order.
        let isPositive: [Bool]
    }

    package static func keep(_ memory: Memory, in room: MatrixRoom) {
        room.keep(memory.transformed)
    }

    package var parameters: [[Scalar]] {
        get { [sourceAttention, targetAttention, bias, weight.values] }
        set {
            sourceAttention = newValue[0]
            targetAttention = newValue[1]
            bias = newValue[2]
            weight.values = newValue[3]
        }
    }

    package func forward(
        _ input: DenseMatrix<Scalar>, over block: MessageBlock, loop: RowLoop
    ) throws -> (output: DenseMatrix<Scalar>, memory: Memory) {
        let transformed = try input.times(weight, isTransposed: true, loop: loop)
        let width = weight.rows
        let sourceTerms = try headProducts(of: transformed, with: sourceAttention, loop: loop)
        let targetTerms = try headProducts(of: transformed, with: targetAttention, loop: loop)
        var attention = [Scalar](repeating: 0, count: block.sources.count * heads)
        var isPositive = [Bool](repeating: false, count: attention.count)
        try weigh(block, sourceTerms, targetTerms, into: &attention, &isPositive, loop: loop)
        var output = DenseMatrix<Scalar>(rows: block.targetCount, columns: width)
        try gather(block, transformed.values, by: attention, into: &output.values, loop: loop)
        try output.addToRows(bias, loop: loop)
        return (output, Memory(transformed: transformed, attention: attention, isPositive: isPositive))
    }

    package func backward(
        _ outputGradient: DenseMatrix<Scalar>, input: DenseMatrix<Scalar>, over block: MessageBlock, memory: Memory,
        loop: RowLoop
    ) throws -> (input: DenseMatrix<Scalar>, parameters: [[Scalar]]) {
        // By the sum under each edge's rectifier, and by the targets' share of it (zero for sources that are no targets).
        var sumGradient = [Scalar](repeating: 0, count: memory.attention.count)
        var targetGradient = [Scalar](repeating: 0, count: block.sourceCount * heads)
        try trace(
            block, outputGradient.values, memory.transformed.values, memory, into: &sumGradient, &targetGradient,
            loop: loop)
        var gradient = DenseMatrix<Scalar>(rows: block.sourceCount, columns: weight.rows)
        var sourceGradient = [Scalar](repeating: 0, count: block.sourceCount * heads)
        try scatter(
            block, outputGradient.values, by: memory.attention, sumGradient, into: &gradient.values, &sourceGradient,
            loop: loop)
        let parameters = [
            try spread(sourceGradient, along: sourceAttention, of: memory.transformed, into: &gradient, loop: loop),
            try spread(targetGradient, along: targetAttention, of: memory.transformed, into: &gradient, loop: loop),
            try outputGradient.columnSums(loop: loop),
            try gradient.transposedTimes(input, loop: loop).values,
        ]
        return (try gradient.times(weight, loop: loop), parameters)
    }

    // What follows takes addresses, so that threads may write side by side; an array is passed as one with `&`.

    /// α of the edges that end at each target, and where the sum under the rectifier is positive.
    private func weigh(
        _ block: MessageBlock, _ sourceTerms: [Scalar], _ targetTerms: [Scalar],
        into attention: UnsafeMutablePointer<Scalar>, _ isPositive: UnsafeMutablePointer<Bool>, loop: RowLoop
    ) throws {
        let heads = heads
        // Each turn writes what belongs to the edges that end at its targets.
        nonisolated(unsafe) let (attention, isPositive) = (attention, isPositive)
        try loop.rows(block.targetCount, width: weight.rows) { targets in
            for target in targets {
                for head in 0..<heads {
                    var largest = -Scalar.infinity
                    for entry in block.row(target) {
                        let place = entry * heads + head
                        let sum =
                            sourceTerms[Int(block.sources[entry]) * heads + head] + targetTerms[target * heads + head]
                        isPositive[place] = sum > 0
                        attention[place] = sum > 0 ? sum : Self.slope * sum
                        largest = max(largest, attention[place])
                    }
                    var total: Scalar = 0
                    for entry in block.row(target) {
                        let mass = Scalar.exp(attention[entry * heads + head] - largest)
                        attention[entry * heads + head] = mass
                        total += mass
                    }
                    for entry in block.row(target) { attention[entry * heads + head] /= total }
                }
            }
        }
    }

    /// `Σⱼ αᵢⱼ zⱼ` for each target.
    private func gather(
        _ block: MessageBlock, _ transformed: UnsafePointer<Scalar>, by attention: [Scalar],
        into output: UnsafeMutablePointer<Scalar>, loop: RowLoop
    ) throws {
        let (width, heads) = (weight.rows, heads)
        let headWidth = width / heads
        // Each turn writes its own rows of the output.
        nonisolated(unsafe) let (output, transformed) = (output, transformed)
        try loop.rows(block.targetCount, width: width) { targets in
            for target in targets {
                for entry in block.row(target) {
                    let source = transformed + Int(block.sources[entry]) * width
                    for head in 0..<heads {
                        Scalar.add(
                            attention[entry * heads + head], times: source + head * headWidth,
                            to: output + target * width + head * headWidth, count: headWidth)
                    }
                }
            }
        }
    }

    /// The gradients by what ``gather(_:_:by:into:loop:)`` sums and by the source's share of attention, a source a row.
    private func scatter(
        _ block: MessageBlock, _ outputGradient: UnsafePointer<Scalar>, by attention: [Scalar], _ sumGradient: [Scalar],
        into gradient: UnsafeMutablePointer<Scalar>, _ sourceGradient: UnsafeMutablePointer<Scalar>, loop: RowLoop
    ) throws {
        let (width, heads) = (weight.rows, heads)
        let headWidth = width / heads
        // Each turn writes what belongs to its sources.
        nonisolated(unsafe) let (gradient, sourceGradient) = (gradient, sourceGradient)
        nonisolated(unsafe) let outputGradient = outputGradient
        try loop.rows(block.sourceCount, width: width) { sources in
            for source in sources {
                for place in block.outgoingRow(source) {
                    let edge = block.outgoing[place]
                    for head in 0..<heads {
                        let place = Int(edge.entry) * heads + head
                        Scalar.add(
                            attention[place], times: outputGradient + Int(edge.target) * width + head * headWidth,
                            to: gradient + source * width + head * headWidth, count: headWidth)
                        sourceGradient[source * heads + head] += sumGradient[place]
                    }
                }
            }
        }
    }

    /// Carries the output's gradient through the softmax and the rectifier, for the edges that end at each target.
    private func trace(
        _ block: MessageBlock, _ outputGradient: UnsafePointer<Scalar>, _ transformed: UnsafePointer<Scalar>,
        _ memory: Memory, into sums: UnsafeMutablePointer<Scalar>, _ ofTargets: UnsafeMutablePointer<Scalar>,
        loop: RowLoop
    ) throws {
        let (width, heads) = (weight.rows, heads)
        let headWidth = width / heads
        // Each turn writes what belongs to its targets and to the edges that end there.
        nonisolated(unsafe) let (transformed, outputGradient) = (transformed, outputGradient)
        nonisolated(unsafe) let (sums, ofTargets) = (sums, ofTargets)
        try loop.rows(block.targetCount, width: width) { targets in
            for target in targets {
                for head in 0..<heads {
                    let above = outputGradient + target * width + head * headWidth
                    var mean: Scalar = 0
                    for entry in block.row(target) {
                        let place = entry * heads + head
                        let source = Int(block.sources[entry]) * width + head * headWidth
                        sums[place] = Scalar.dot(above, transformed + source, count: headWidth)
                        mean += memory.attention[place] * sums[place]
                    }
                    for entry in block.row(target) {
                        let place = entry * heads + head
                        let rectified = memory.attention[place] * (sums[place] - mean)
                        sums[place] = memory.isPositive[place] ? rectified : Self.slope * rectified
                        ofTargets[target * heads + head] += sums[place]
                    }
                }
            }
        }
    }

    /// `attention_h · z_{r,h}` for each row r and head h.
    private func headProducts(
        of transformed: DenseMatrix<Scalar>, with attention: [Scalar], loop: RowLoop
    ) throws -> [Scalar] {
        var products = [Scalar](repeating: 0, count: transformed.rows * heads)
        try multiply(transformed.values, attention, rows: transformed.rows, into: &products, loop: loop)
        return products
    }

    private func multiply(
        _ transformed: UnsafePointer<Scalar>, _ attention: UnsafePointer<Scalar>, rows: Int,
        into products: UnsafeMutablePointer<Scalar>, loop: RowLoop
    ) throws {
        let (heads, headWidth) = (heads, weight.rows / heads)
        // Each turn writes its own rows.
        nonisolated(unsafe) let (transformed, attention, products) = (transformed, attention, products)
        try loop.rows(rows, width: weight.rows) { rows in
            for place in rows.lowerBound * heads..<rows.upperBound * heads {
                products[place] = Scalar.dot(
                    transformed + place * headWidth, attention + place % heads * headWidth, count: headWidth)
            }
        }
    }

    /// Carries the gradients by ``headProducts(of:with:loop:)`` on: to `z`, where they are added, and to the attention.
    private func spread(
        _ products: [Scalar], along attention: [Scalar], of transformed: DenseMatrix<Scalar>,
        into gradient: inout DenseMatrix<Scalar>, loop: RowLoop
    ) throws -> [Scalar] {
        try addOuter(products, attention, rows: transformed.rows, to: &gradient.values, loop: loop)
        return try attentionGradient(products, transformed.values, rows: transformed.rows, loop: loop)
    }

    /// Adds `products_{r,h} · attention_h` to each row r and head h of the gradient.
    private func addOuter(
        _ products: UnsafePointer<Scalar>, _ attention: UnsafePointer<Scalar>, rows: Int,
        to gradient: UnsafeMutablePointer<Scalar>, loop: RowLoop
    ) throws {
        let (heads, headWidth) = (heads, weight.rows / heads)
        // Each turn writes its own rows.
        nonisolated(unsafe) let (products, attention, gradient) = (products, attention, gradient)
        try loop.rows(rows, width: weight.rows) { rows in
            for place in rows.lowerBound * heads..<rows.upperBound * heads {
                Scalar.add(
                    products[place], times: attention + place % heads * headWidth, to: gradient + place * headWidth,
                    count: headWidth)
            }
        }
    }

    /// `Σ_r products_{r,h} · z_{r,h}` for each head h.
    private func attentionGradient(
        _ products: UnsafePointer<Scalar>, _ transformed: UnsafePointer<Scalar>, rows: Int, loop: RowLoop
    ) throws -> [Scalar] {
        let (heads, headWidth) = (heads, weight.rows / heads)
        // Read alone.
        nonisolated(unsafe) let (products, transformed) = (products, transformed)
        return try loop.sum(over: rows, width: weight.rows, size: weight.rows) { rows, total in
            for place in rows.lowerBound * heads..<rows.upperBound * heads {
                Scalar.add(
                    products[place], times: transformed + place * headWidth, to: total + place % heads * headWidth,
                    count: headWidth)
            }
        }
    }
}
