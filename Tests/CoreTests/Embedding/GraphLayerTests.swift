import Testing
import TransferGraphCore

struct GraphLayerTests {
    private struct Oracle: Decodable {
        struct Layer: Decodable {
            var layer: String
            var parameters: [String: Numbers]
            var output: [[Double]]
            var lossValue: Double
            var gradientOfInput: [[Double]]
            var gradients: [String: Numbers]

            enum CodingKeys: String, CodingKey {
                case layer, parameters, output, gradients
                case lossValue = "loss_value"
                case gradientOfInput = "gradient_of_input"
            }
        }

        /// Nested lists of numbers, of whatever depth, row by row.
        struct Numbers: Decodable {
            var flat: [Double]

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Double.self) {
                    flat = [number]
                } else {
                    flat = try container.decode([Numbers].self).flatMap(\.flat)
                }
            }
        }

        var nodeFeatures: [[Double]]
        var edgeIndex: [[Int32]]
        var layers: [Layer]

        enum CodingKeys: String, CodingKey {
            case layers
            case nodeFeatures = "node_features"
            case edgeIndex = "edge_index"
        }
    }

    private static let isThere = SharedOracle.exists("gnn_layers.json")

    @Test(.enabled(if: isThere, "Skipped: ../shared/oracles/gnn_layers.json is not there."))
    func layersEqualPyTorchGeometrics() throws {
        let oracle = try SharedOracle.read("gnn_layers.json", as: Oracle.self)
        let input = matrix(oracle.nodeFeatures)
        let block = MessageBlock(
            sourceCount: input.rows, targetCount: input.rows,
            edges: zip(oracle.edgeIndex[0], oracle.edgeIndex[1]).map { (source: $0, target: $1) })
        #expect(oracle.layers.count == 3)
        for item in oracle.layers {
            func parameter(_ name: String) throws -> [Double] { try #require(item.parameters[name]).flat }
            if item.layer.hasPrefix("SAGE") {
                let bias = try parameter("lin_l.bias")
                let layer = RelationalLayer(
                    neighbourWeight: DenseMatrix(
                        rows: bias.count, columns: input.columns, values: try parameter("lin_l.weight")),
                    rootWeight: DenseMatrix(
                        rows: bias.count, columns: input.columns, values: try parameter("lin_r.weight")), bias: bias)
                try compare(layer, names: ["lin_l.weight", "lin_l.bias", "lin_r.weight"], with: item, input, block)
            } else {
                let bias = try parameter("bias")
                let layer = AttentionLayer(
                    heads: item.layer.contains("heads=2") ? 2 : 1,
                    weight: DenseMatrix(
                        rows: bias.count, columns: input.columns, values: try parameter("lin.weight")),
                    sourceAttention: try parameter("att_src"), targetAttention: try parameter("att_dst"), bias: bias)
                try compare(layer, names: ["att_src", "att_dst", "bias", "lin.weight"], with: item, input, block)
            }
        }
    }

    private func compare<Layer: MessagePassingLayer<Double>>(
        _ layer: Layer, names: [String], with oracle: Oracle.Layer, _ input: DenseMatrix<Double>, _ block: MessageBlock
    ) throws {
        let (output, memory) = try layer.forward(input, over: block, loop: .unwatched)
        expectEqual(output.values, oracle.output.flatMap(\.self), oracle.layer)
        let count = Double(output.values.count)
        let errors = output.values.enumerated().map { $1 - Double($0) / count }
        #expect(abs(errors.reduce(0) { $0 + $1 * $1 } - oracle.lossValue) < 1e-9)
        let outputGradient = DenseMatrix(rows: output.rows, columns: output.columns, values: errors.map { 2 * $0 })
        let gradients = try layer.backward(
            outputGradient, input: input, over: block, memory: memory, loop: .unwatched)
        expectEqual(gradients.input.values, oracle.gradientOfInput.flatMap(\.self), "\(oracle.layer), input")
        #expect(gradients.parameters.count == names.count)
        for (name, gradient) in zip(names, gradients.parameters) {
            expectEqual(gradient, try #require(oracle.gradients[name]).flat, "\(oracle.layer), \(name)")
        }
    }

    /// Blocks with fewer targets than sources, as neighbour sampling makes them, against differences of the loss.
    @Test(arguments: 0..<6)
    func gradientsAreThoseOfTheLossOnSampledBlocksToo(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let edges = (0..<14).map { _ in
            (source: Int32(generator.index(below: 7)), target: Int32(generator.index(below: 3)))
        }
        let block = MessageBlock(sourceCount: 7, targetCount: 3, edges: edges)
        let input = DenseMatrix(rows: 7, columns: 4, values: (0..<28).map { _ in generator.normal() })
        func random(_ rows: Int, _ columns: Int) -> DenseMatrix<Double> {
            DenseMatrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in generator.normal() })
        }
        try checkByDifferences(
            RelationalLayer(neighbourWeight: random(5, 4), rootWeight: random(5, 4), bias: random(1, 5).values), input,
            block)
        try checkByDifferences(
            AttentionLayer(
                heads: 2, weight: random(6, 4), sourceAttention: random(2, 3).values,
                targetAttention: random(2, 3).values, bias: random(1, 6).values), input, block)
    }

    private func checkByDifferences<Layer: MessagePassingLayer<Double>>(
        _ layer: Layer, _ input: DenseMatrix<Double>, _ block: MessageBlock
    ) throws {
        func loss(_ layer: Layer, _ input: DenseMatrix<Double>) throws -> Double {
            try layer.forward(input, over: block, loop: .unwatched).output.values.enumerated().reduce(0) {
                $0 + ($1.element - Double($1.offset)) * ($1.element - Double($1.offset))
            }
        }
        let (output, memory) = try layer.forward(input, over: block, loop: .unwatched)
        let above = DenseMatrix(
            rows: output.rows, columns: output.columns,
            values: output.values.enumerated().map { 2 * ($1 - Double($0)) })
        let gradients = try layer.backward(above, input: input, over: block, memory: memory, loop: .unwatched)
        let step = 1e-5
        for place in input.values.indices {
            var (more, less) = (input, input)
            more.values[place] += step
            less.values[place] -= step
            let difference = try (loss(layer, more) - loss(layer, less)) / (2 * step)
            #expect(abs(difference - gradients.input.values[place]) < 1e-5 * max(1, abs(difference)))
        }
        for (index, gradient) in gradients.parameters.enumerated() {
            for place in gradient.indices {
                var (more, less) = (layer, layer)
                more.parameters[index][place] += step
                less.parameters[index][place] -= step
                let difference = try (loss(more, input) - loss(less, input)) / (2 * step)
                #expect(abs(difference - gradient[place]) < 1e-5 * max(1, abs(difference)))
            }
        }
    }

    private func expectEqual(_ ours: [Double], _ theirs: [Double], _ what: String) {
        #expect(ours.count == theirs.count, "\(what)")
        for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < 1e-9, "\(what)") }
    }

    private func matrix(_ rows: [[Double]]) -> DenseMatrix<Double> {
        DenseMatrix(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap(\.self))
    }
}
