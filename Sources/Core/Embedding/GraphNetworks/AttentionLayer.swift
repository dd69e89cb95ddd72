/// A graph attention layer, its heads side by side
/// (Veličković et al., "Graph Attention Networks", ICLR 2018, equations 1 to 5).
///
/// For head h with `zⱼ = W xⱼ`: `αᵢⱼ = softmaxⱼ LeakyReLU(a_s · zⱼ + a_t · zᵢ)` over the edges j → i, and
/// `yᵢ = Σⱼ αᵢⱼ zⱼ + b`. Self-loops are the block's business.
package struct AttentionLayer<Scalar: LearnerScalar>: MessagePassingLayer {
    package let heads: Int
    /// (Heads · outputs of a head) × inputs.
    package var weight: NodeMatrix<Scalar>
    /// For each head, by what its outputs at an edge's source count towards attention: heads × outputs of a head.
    package var sourceAttention: [Scalar]
    /// The same at an edge's target.
    package var targetAttention: [Scalar]
    package var bias: [Scalar]

    /// The slope of the leaky rectifier below zero.
    private static var slope: Scalar { 0.2 }

    package init(
        heads: Int, weight: NodeMatrix<Scalar>, sourceAttention: [Scalar], targetAttention: [Scalar], bias: [Scalar]
    ) {
        self.heads = heads
        self.weight = weight
        self.sourceAttention = sourceAttention
        self.targetAttention = targetAttention
        self.bias = bias
    }

    init(inputs: Int, outputs: Int, heads: Int, using generator: inout SeededGenerator) {
        self.init(
            heads: heads, weight: NodeMatrix(rows: outputs, columns: inputs, glorot: &generator),
            sourceAttention: NodeMatrix(rows: heads, columns: outputs / heads, glorot: &generator).values,
            targetAttention: NodeMatrix(rows: heads, columns: outputs / heads, glorot: &generator).values,
            bias: [Scalar](repeating: 0, count: outputs))
    }

    package struct Memory {
        /// `z`: a row a source.
        let transformed: NodeMatrix<Scalar>
        /// α: a row an edge, a column a head.
        let attention: [Scalar]
        /// Whether the sum under the rectifier was positive, in the same order.
        let isPositive: [Bool]
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
        _ input: NodeMatrix<Scalar>, over block: MessageBlock
    ) -> (output: NodeMatrix<Scalar>, memory: Memory) {
        let transformed = input.timesTransposed(weight)
        let width = weight.rows
        let headWidth = width / heads
        let sourceTerms = headProducts(of: transformed, with: sourceAttention)
        let targetTerms = headProducts(of: transformed, with: targetAttention)
        var attention = [Scalar](repeating: 0, count: block.sources.count * heads)
        var isPositive = [Bool](repeating: false, count: attention.count)
        for target in 0..<block.targetCount {
            for head in 0..<heads {
                var largest = -Scalar.infinity
                for entry in block.row(target) {
                    let sum = sourceTerms[Int(block.sources[entry]) * heads + head] + targetTerms[target * heads + head]
                    isPositive[entry * heads + head] = sum > 0
                    let rectified = sum > 0 ? sum : Self.slope * sum
                    attention[entry * heads + head] = rectified
                    largest = max(largest, rectified)
                }
                var total: Scalar = 0
                for entry in block.row(target) {
                    let mass = Scalar.exponential(attention[entry * heads + head] - largest)
                    attention[entry * heads + head] = mass
                    total += mass
                }
                for entry in block.row(target) { attention[entry * heads + head] /= total }
            }
        }
        var output = NodeMatrix<Scalar>(rows: block.targetCount, columns: width)
        output.withMutableRows { output in
            transformed.withRows { transformed in
                for target in 0..<block.targetCount {
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
        output.addToRows(bias)
        return (output, Memory(transformed: transformed, attention: attention, isPositive: isPositive))
    }

    package func backward(
        _ outputGradient: NodeMatrix<Scalar>, input: NodeMatrix<Scalar>, over block: MessageBlock, memory: Memory
    ) -> (input: NodeMatrix<Scalar>, parameters: [[Scalar]]) {
        let width = weight.rows
        let headWidth = width / heads
        let transformed = memory.transformed
        var gradient = NodeMatrix<Scalar>(rows: block.sourceCount, columns: width)
        var sourceGradient = [Scalar](repeating: 0, count: block.sourceCount * heads)
        var targetGradient = [Scalar](repeating: 0, count: block.sourceCount * heads)
        var attentionGradient = [Scalar](repeating: 0, count: memory.attention.count)
        gradient.withMutableRows { gradient in
            transformed.withRows { transformed in
                outputGradient.withRows { outputGradient in
                    for target in 0..<block.targetCount {
                        for entry in block.row(target) {
                            let source = Int(block.sources[entry]) * width
                            for head in 0..<heads {
                                let above = outputGradient + target * width + head * headWidth
                                attentionGradient[entry * heads + head] = Scalar.dot(
                                    above, transformed + source + head * headWidth, count: headWidth)
                                Scalar.add(
                                    memory.attention[entry * heads + head], times: above,
                                    to: gradient + source + head * headWidth, count: headWidth)
                            }
                        }
                    }
                }
            }
        }
        for target in 0..<block.targetCount {
            for head in 0..<heads {
                var mean: Scalar = 0
                for entry in block.row(target) {
                    mean += memory.attention[entry * heads + head] * attentionGradient[entry * heads + head]
                }
                for entry in block.row(target) {
                    let place = entry * heads + head
                    let rectified = memory.attention[place] * (attentionGradient[place] - mean)
                    let sum = memory.isPositive[place] ? rectified : Self.slope * rectified
                    sourceGradient[Int(block.sources[entry]) * heads + head] += sum
                    targetGradient[target * heads + head] += sum
                }
            }
        }
        let sourceAttentionGradient = spread(sourceGradient, along: sourceAttention, of: transformed, into: &gradient)
        let targetAttentionGradient = spread(targetGradient, along: targetAttention, of: transformed, into: &gradient)
        let parameters = [
            sourceAttentionGradient, targetAttentionGradient, outputGradient.columnSums(),
            gradient.transposedTimes(input).values,
        ]
        return (gradient.times(weight), parameters)
    }

    /// `attention_h · z_{r,h}` for each row r and head h.
    private func headProducts(of transformed: NodeMatrix<Scalar>, with attention: [Scalar]) -> [Scalar] {
        let headWidth = weight.rows / heads
        var products = [Scalar](repeating: 0, count: transformed.rows * heads)
        transformed.withRows { transformed in
            attention.withUnsafeBufferPointer { attention in
                guard let attention = attention.baseAddress else { return }
                for place in products.indices {
                    products[place] = Scalar.dot(
                        transformed + place * headWidth, attention + place % heads * headWidth, count: headWidth)
                }
            }
        }
        return products
    }

    /// Carries the gradients by ``headProducts(of:with:)`` on: to `z`, where they are added, and to the attention.
    private func spread(
        _ products: [Scalar], along attention: [Scalar], of transformed: NodeMatrix<Scalar>,
        into gradient: inout NodeMatrix<Scalar>
    ) -> [Scalar] {
        let headWidth = weight.rows / heads
        var attentionGradient = NodeMatrix<Scalar>(rows: heads, columns: headWidth)
        gradient.withMutableRows { gradient in
            transformed.withRows { transformed in
                attentionGradient.withMutableRows { attentionGradient in
                    attention.withUnsafeBufferPointer { attention in
                        guard let attention = attention.baseAddress else { return }
                        for (place, factor) in products.enumerated() {
                            let head = place % heads * headWidth
                            Scalar.add(
                                factor, times: attention + head, to: gradient + place * headWidth, count: headWidth)
                            Scalar.add(
                                factor, times: transformed + place * headWidth, to: attentionGradient + head,
                                count: headWidth)
                        }
                    }
                }
            }
        }
        return attentionGradient.values
    }
}
