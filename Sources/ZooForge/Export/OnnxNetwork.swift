import Foundation

/// A trained network as an ONNX model, for programs that know nothing of this one.
///
/// Its input `letters` is whole numbers, words × 28: each word's letters with its marks at the left end of 14 places, and
/// once more at the right end of 14. Its outputs are `features` (words × width) and `probabilities` (words × classes).
struct OnnxNetwork {
    private let model: TrainedModel
    private var graph: OnnxGraph
    /// How many of the weights are written.
    private var used = 0

    static let input = "letters"
    private static let positions = Alphabet.positions

    /// The bytes of the model's file.
    static func file(of model: TrainedModel) -> Data {
        var network = OnnxNetwork(model)
        let architecture = model.architecture
        let features =
            switch architecture.family {
            case .bag: network.bag(architecture)
            case .ends: network.ends(architecture)
            case .cnn: network.convolution(architecture)
            case .gru: network.recurrent(architecture)
            case .attention: network.attention(architecture)
            }
        let scores = network.dense(features, architecture.width, model.classes)
        network.graph.output(features, as: "features", width: architecture.width)
        let shares = network.graph.add("Softmax", [scores], [("axis", .integer(1))])
        network.graph.output(shares, as: "probabilities", width: model.classes)
        precondition(network.used == model.weights.count, "every weight is written")
        return network.graph.model
    }

    private init(_ model: TrainedModel) {
        self.model = model
        graph = OnnxGraph(name: model.name, input: Self.input, shape: [nil, 2 * Self.positions])
    }

    // MARK: Parts

    private mutating func weights(_ shape: [Int]) -> String {
        let count = shape.reduce(1, *)
        defer { used += count }
        return graph.constant(model.weights[used..<(used + count)], shape: shape)
    }

    /// x W + b along the last axis.
    private mutating func dense(_ x: String, _ inputs: Int, _ outputs: Int, _ activation: String? = nil) -> String {
        let product = graph.add("MatMul", [x, weights([inputs, outputs])])
        let sum = graph.add("Add", [product, weights([outputs])])
        return activation.map { graph.add($0, [sum]) } ?? sum
    }

    private mutating func stack(_ x: String, _ inputs: Int, _ architecture: Architecture) -> String {
        var result = x
        for level in 0..<architecture.depth {
            result = dense(result, level == 0 ? inputs : architecture.width, architecture.width, "Tanh")
        }
        return result
    }

    /// Places `range` along an axis.
    private mutating func slice(_ x: String, _ range: Range<Int>, axis: Int) -> String {
        graph.add(
            "Slice",
            [
                x, graph.constant(whole: [range.lowerBound]), graph.constant(whole: [range.upperBound]),
                graph.constant(whole: [axis]),
            ])
    }

    private mutating func left() -> String { slice(Self.input, 0..<Self.positions, axis: 1) }
    private mutating func right() -> String { slice(Self.input, Self.positions..<2 * Self.positions, axis: 1) }

    /// Each letter's vector: words × places × embedding.
    private mutating func vectors(_ codes: String, _ table: String) -> String {
        graph.add("Gather", [table, codes], [("axis", .integer(0))])
    }

    /// 1 where there is a letter, else 0; words × places × 1.
    private mutating func mask(_ codes: String) -> String {
        let zero = graph.constant(whole: [0], shape: [])
        let isThere = graph.add("Greater", [codes, zero])
        let number = graph.add("Cast", [isThere], [("to", .integer(OnnxGraph.Element.float.rawValue))])
        return graph.add("Unsqueeze", [number, graph.constant(whole: [2])])
    }

    /// The sum along an axis, which is gone then.
    private mutating func sum(_ x: String, axis: Int) -> String {
        graph.add("ReduceSum", [x, graph.constant(whole: [axis])], [("keepdims", .integer(0))])
    }

    // MARK: Families

    /// The buckets of n-grams are found as `EncodedWords.forEachBucket` finds them: FNV-1a in 32 bits, by numbers of 64.
    private mutating func bag(_ architecture: Architecture) -> String {
        let table = weights([architecture.buckets, architecture.embedding])
        let letters = left()
        let prime = graph.constant(whole: [16_777_619], shape: [])
        let modulus = graph.constant(whole: [1 << 32], shape: [])
        let half = graph.constant(whole: [1 << 15], shape: [])
        let buckets = graph.constant(whole: [architecture.buckets], shape: [])
        var sums: [String] = []
        var counts: [String] = []
        for size in 1...architecture.span {
            let places = Self.positions - size + 1
            let start = (UInt32(2_166_136_261) ^ UInt32(size)) &* 16_777_619
            var hash = graph.constant(whole: [Int(start)], shape: [])
            for offset in 0..<size {
                let letter = slice(letters, offset..<(offset + places), axis: 1)
                let mixed = graph.add("BitwiseXor", [hash, letter])
                hash = graph.add("Mod", [graph.add("Mul", [mixed, prime]), modulus])
            }
            hash = graph.add("BitwiseXor", [hash, graph.add("Div", [hash, half])])
            let bucket = graph.add("Mod", [hash, buckets])
            // An n-gram is there where its last letter is.
            let isThere = mask(slice(letters, (size - 1)..<(size - 1 + places), axis: 1))
            sums.append(sum(graph.add("Mul", [vectors(bucket, table), isThere]), axis: 1))
            counts.append(sum(isThere, axis: 1))
        }
        func total(_ parts: [String], _ graph: inout OnnxGraph) -> String {
            parts.dropFirst().reduce(parts[0]) { graph.add("Add", [$0, $1]) }
        }
        let count = graph.add("Max", [total(counts, &graph), graph.constant([1], shape: [])])
        let mean = graph.add("Div", [total(sums, &graph), graph.add("Sqrt", [count])])
        return stack(mean, architecture.embedding, architecture)
    }

    private mutating func ends(_ architecture: Architecture) -> String {
        let kept = EndsEncoder<Float>.kept
        let table = weights([Alphabet.size, architecture.embedding])
        let first = slice(Self.input, 0..<kept, axis: 1)
        let last = slice(Self.input, (2 * Self.positions - kept)..<2 * Self.positions, axis: 1)
        let codes = graph.add("Concat", [first, last], [("axis", .integer(1))])
        let inputs = 2 * kept * architecture.embedding
        let flat = graph.add("Reshape", [vectors(codes, table), graph.constant(whole: [-1, inputs])])
        return stack(flat, inputs, architecture)
    }

    private mutating func convolution(_ architecture: Architecture) -> String {
        let half = architecture.span / 2
        var map = vectors(left(), weights([Alphabet.size, architecture.embedding]))
        var channels = architecture.embedding
        for _ in 0..<architecture.depth {
            let padded = graph.add("Pad", [map, graph.constant(whole: [0, half, 0, 0, half, 0])])
            let windows = (0..<architecture.span).map { slice(padded, $0..<($0 + Self.positions), axis: 1) }
            let window = graph.add("Concat", windows, [("axis", .integer(2))])
            map = dense(window, architecture.span * channels, architecture.width, "Relu")
            channels = architecture.width
        }
        return graph.add("ReduceMax", [map, graph.constant(whole: [1])], [("keepdims", .integer(0))])
    }

    private mutating func recurrent(_ architecture: Architecture) -> String {
        let width = architecture.width
        let letters = vectors(right(), weights([Alphabet.size, architecture.embedding]))
        let inward = dense(letters, architecture.embedding, 3 * width)
        let recurrence = weights([width, 3 * width])
        let offsets = weights([3 * width])
        var state: String?
        for position in 0..<Self.positions {
            let a = graph.add(
                "Squeeze", [slice(inward, position..<(position + 1), axis: 1), graph.constant(whole: [1])])
            // The first state is zero, so that only the offsets are left of the product.
            let b = state.map { graph.add("Add", [graph.add("MatMul", [$0, recurrence]), offsets]) }
            func gate(_ index: Int) -> (String, String) {
                let range = index * width..<(index + 1) * width
                return (slice(a, range, axis: 1), b.map { slice($0, range, axis: 1) } ?? slice(offsets, range, axis: 0))
            }
            let (resetA, resetB) = gate(0)
            let (keepA, keepB) = gate(1)
            let (candidateA, candidateB) = gate(2)
            let reset = graph.add("Sigmoid", [graph.add("Add", [resetA, resetB])])
            let keep = graph.add("Sigmoid", [graph.add("Add", [keepA, keepB])])
            let candidate = graph.add(
                "Tanh", [graph.add("Add", [candidateA, graph.add("Mul", [reset, candidateB])])])
            let change = state.map { graph.add("Sub", [$0, candidate]) } ?? graph.add("Neg", [candidate])
            state = graph.add("Add", [candidate, graph.add("Mul", [keep, change])])
        }
        return state ?? Self.input
    }

    private mutating func attention(_ architecture: Architecture) -> String {
        let dimension = architecture.embedding
        let letters = left()
        let table = weights([Alphabet.size, dimension])
        let places = weights([Self.positions, dimension])
        let x = graph.add("Add", [vectors(letters, table), places])
        let projected = dense(x, dimension, 3 * dimension)
        let query = slice(projected, 0..<dimension, axis: 2)
        let key = slice(projected, dimension..<2 * dimension, axis: 2)
        let value = slice(projected, 2 * dimension..<3 * dimension, axis: 2)
        let isThere = mask(letters)
        let across = graph.add("Transpose", [isThere], [("perm", .integers([0, 2, 1]))])
        let turned = graph.add("Transpose", [key], [("perm", .integers([0, 2, 1]))])
        let scale = graph.constant([1 / Float(dimension).squareRoot()], shape: [])
        let likeness = graph.add("Mul", [graph.add("MatMul", [query, turned]), scale])
        // Far below every likeness where there is no letter to look at.
        let one = graph.constant([1], shape: [])
        let far = graph.constant([-1e9], shape: [])
        let barred = graph.add("Mul", [graph.add("Sub", [one, across]), far])
        let attention = graph.add("Softmax", [graph.add("Add", [likeness, barred])], [("axis", .integer(2))])
        let heard = graph.add("MatMul", [attention, value])
        let mixed = graph.add("Add", [dense(heard, dimension, dimension), x])
        let responses = dense(mixed, dimension, architecture.width, "Relu")
        let total = sum(graph.add("Mul", [responses, isThere]), axis: 1)
        return graph.add("Div", [total, sum(isThere, axis: 1)])
    }
}
