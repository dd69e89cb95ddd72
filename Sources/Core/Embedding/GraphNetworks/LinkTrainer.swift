import Foundation

/// Trains a network of two layers to give joined nodes a large dot product, by binary cross-entropy and Adam.
///
/// The loss of a step is −mean log σ(s) over joined pairs − mean log σ(−s) over pairs that are not, s the dot product
/// of a pair. The latter are the pairs given, and drawn ones that make them as many as the former, or half as
/// many where enough were given.
struct LinkTrainer<Layer: MessagePassingLayer>: Sendable where Layer.Scalar == Float {
    let settings: GraphNetworkSettings
    let addsSelfLoops: Bool
    private var inputs: NodeInputs
    private var first: Layer
    private var second: Layer
    private var firstSteps: [Adam<Float>]
    private var secondSteps: [Adam<Float>]
    private var generator: SeededGenerator

    private typealias Pair = (from: Int32, to: Int32)

    init(
        settings: GraphNetworkSettings, inputs: NodeInputs, first: Layer, second: Layer, addsSelfLoops: Bool,
        generator: SeededGenerator
    ) {
        self.settings = settings
        self.inputs = inputs
        self.first = first
        self.second = second
        self.addsSelfLoops = addsSelfLoops
        self.generator = generator
        let rate = Float(settings.learningRate)
        firstSteps = first.parameters.map { Adam(count: $0.count, rate: rate) }
        secondSteps = second.parameters.map { Adam(count: $0.count, rate: rate) }
        self.inputs.prepareSteps(rate: rate)
    }

    /// Trains, and gives every node its vector.
    mutating func embed(
        _ graph: CSRGraph, negativePairs: [CSRGraph.Edge], learner: String, work: Work
    ) throws -> Embedding {
        NumericThreads.useOne()
        let joined = graph.edges().filter { $0.from != $0.to }.map { (from: $0.from, to: $0.to) }
        let apart = negativePairs.map { (from: $0.from, to: $0.to) }
        let isFullBatch = settings.isFullBatch(graph)
        let epochs = joined.isEmpty ? 0 : settings.epochs ?? (isFullBatch ? 100 : 5)
        let block = isFullBatch ? MessageBlock(graph, addsSelfLoops: addsSelfLoops) : nil
        var sampler = NeighbourSampler(graph: graph, addsSelfLoops: addsSelfLoops)
        var losses: [Double] = []
        for epoch in 0..<epochs {
            let stage = work.part(Double(epoch) / Double(epochs)...Double(epoch + 1) / Double(epochs))
            stage.report("Training the graph network", 0)
            if let block {
                let drawn = drawnPairs(max(joined.count - apart.count, joined.count / 2), like: joined, in: graph)
                losses.append(
                    try step(first: block, second: block, nodes: nil, joined: joined, apart: apart + drawn, work: work))
            } else {
                losses.append(try sampledEpoch(graph, joined, apart, sampler: &sampler, work: stage))
            }
        }
        let vectors =
            try block.map { try forward(first: $0, second: $0, nodes: nil, work: work).output.values }
            ?? sampledForward(graph, sampler: &sampler, work: work)
        guard vectors.allSatisfy(\.isFinite) else {
            throw UserError(
                "TrainingDiverged", "The vectors grew beyond what a number can hold.",
                hint: "Give a smaller learning rate than \(settings.learningRate).")
        }
        return Embedding(
            vectors: vectors, dimension: settings.dimension, learner: learner, seed: settings.seed, losses: losses)
    }

    // MARK: One step

    private struct Forward {
        let input: NodeMatrix<Float>
        let firstMemory: Layer.Memory
        let hidden: NodeMatrix<Float>
        let secondMemory: Layer.Memory
        let output: NodeMatrix<Float>
    }

    private func forward(
        first firstBlock: MessageBlock, second secondBlock: MessageBlock, nodes: [Int32]?, work: Work
    ) throws(Cancelled) -> Forward {
        let input = inputs.rows(of: nodes)
        var (hidden, firstMemory) = first.forward(input, over: firstBlock)
        try work.check()
        hidden.rectify()
        let (output, secondMemory) = second.forward(hidden, over: secondBlock)
        return Forward(
            input: input, firstMemory: firstMemory, hidden: hidden, secondMemory: secondMemory, output: output)
    }

    /// One step of Adam on all parameters; pairs are given by rows of the output.
    ///
    /// - Returns: the loss before the step.
    private mutating func step(
        first firstBlock: MessageBlock, second secondBlock: MessageBlock, nodes: [Int32]?, joined: [Pair],
        apart: [Pair], work: Work
    ) throws(Cancelled) -> Double {
        let pass = try forward(first: firstBlock, second: secondBlock, nodes: nodes, work: work)
        var gradient = NodeMatrix<Float>(rows: pass.output.rows, columns: pass.output.columns)
        let loss =
            Self.addLoss(of: joined, areJoined: true, in: pass.output, to: &gradient)
            + Self.addLoss(of: apart, areJoined: false, in: pass.output, to: &gradient)
        try work.check()
        let back = second.backward(gradient, input: pass.hidden, over: secondBlock, memory: pass.secondMemory)
        var hiddenGradient = back.input
        hiddenGradient.blank(where: pass.hidden)
        try work.check()
        let start = first.backward(hiddenGradient, input: pass.input, over: firstBlock, memory: pass.firstMemory)
        try work.check()
        Self.step(&second, &secondSteps, back.parameters)
        Self.step(&first, &firstSteps, start.parameters)
        inputs.step(start.input, nodes: nodes)
        return loss
    }

    private static func step(_ layer: inout Layer, _ steps: inout [Adam<Float>], _ gradients: [[Float]]) {
        var parameters = layer.parameters
        for index in parameters.indices { steps[index].step(&parameters[index], gradients[index]) }
        layer.parameters = parameters
    }

    /// Adds the gradient of the mean cross-entropy of some pairs of rows.
    private static func addLoss(
        of pairs: [Pair], areJoined: Bool, in output: NodeMatrix<Float>, to gradient: inout NodeMatrix<Float>
    ) -> Double {
        let width = output.columns
        let share = 1 / Float(max(1, pairs.count))
        var loss = 0.0
        gradient.withMutableRows { gradient in
            output.withRows { output in
                for pair in pairs {
                    let (a, b) = (Int(pair.from) * width, Int(pair.to) * width)
                    let score = Float.dot(output + a, output + b, count: width)
                    let signed = areJoined ? score : -score
                    // −log σ(x) = log(1 + e⁻ˣ), written so that neither sign of x overflows.
                    loss += Double(max(-signed, 0) + log1p(exp(-abs(signed))))
                    let slope = (areJoined ? -share : share) / (1 + exp(signed))
                    Float.add(slope, times: output + b, to: gradient + a, count: width)
                    Float.add(slope, times: output + a, to: gradient + b, count: width)
                }
            }
        }
        return loss * Double(share)
    }

    /// Pairs that are not joined, each of the first end of one edge and the second end of another, so that what kinds of
    /// nodes meet is as in the graph. In a very dense graph there may be fewer.
    private mutating func drawnPairs(_ count: Int, like joined: [Pair], in graph: CSRGraph) -> [Pair] {
        var pairs: [Pair] = []
        for _ in 0..<max(0, 4 * count) where pairs.count < count {
            let from = joined[generator.index(below: joined.count)].from
            let to = joined[generator.index(below: joined.count)].to
            if from != to && graph.weight(between: Int(from), and: Int(to)) == 0 { pairs.append((from, to)) }
        }
        return pairs
    }

    // MARK: Neighbour sampling

    private mutating func sampledEpoch(
        _ graph: CSRGraph, _ joined: [Pair], _ apart: [Pair], sampler: inout NeighbourSampler, work: Work
    ) throws -> Double {
        let order = joined.shuffled(using: &generator)
        let apart = apart.shuffled(using: &generator)
        let steps = (order.count + settings.batchSize - 1) / settings.batchSize
        var loss = 0.0
        for index in 0..<steps {
            work.report("Training the graph network", Double(index) / Double(steps))
            let batch = Array(order[index * order.count / steps..<(index + 1) * order.count / steps])
            let given = apart[index * apart.count / steps..<(index + 1) * apart.count / steps]
            let others = given + drawnPairs(max(batch.count - given.count, batch.count / 2), like: joined, in: graph)
            var places: [Int32: Int32] = [:]
            var targets: [Int32] = []
            func place(_ pair: Pair) -> Pair {
                func place(_ node: Int32) -> Int32 {
                    if let known = places[node] { return known }
                    places[node] = Int32(targets.count)
                    targets.append(node)
                    return Int32(targets.count - 1)
                }
                return (place(pair.from), place(pair.to))
            }
            let (joinedRows, apartRows) = (batch.map(place), others.map(place))
            let upper = sampler.block(to: targets, limit: settings.neighbourLimit, using: &generator)
            let lower = sampler.block(to: upper.nodes, limit: settings.neighbourLimit, using: &generator)
            try work.check()
            loss += try step(
                first: lower.block, second: upper.block, nodes: lower.nodes, joined: joinedRows, apart: apartRows,
                work: work)
        }
        return loss / Double(max(1, steps))
    }

    /// Every node's vector from all its neighbours, layer by layer and some hundred nodes at a time.
    private mutating func sampledForward(
        _ graph: CSRGraph, sampler: inout NeighbourSampler, work: Work
    ) throws(Cancelled) -> [Float] {
        let share = 256
        var hidden = NodeMatrix<Float>(rows: graph.nodeCount, columns: settings.dimension)
        var output: [Float] = []
        output.reserveCapacity(graph.nodeCount * settings.dimension)
        for layer in 0..<2 {
            for start in stride(from: 0, to: graph.nodeCount, by: share) {
                try work.check()
                let targets = Array(Int32(start)..<Int32(min(graph.nodeCount, start + share)))
                let (block, nodes) = sampler.block(to: targets, limit: nil, using: &generator)
                if layer == 0 {
                    var rows = first.forward(inputs.rows(of: nodes), over: block).output
                    rows.rectify()
                    hidden.values.replaceSubrange(
                        start * hidden.columns..<start * hidden.columns + rows.values.count, with: rows.values)
                } else {
                    output.append(contentsOf: second.forward(hidden.gathering(nodes), over: block).output.values)
                }
            }
        }
        return output
    }
}

extension NodeMatrix {
    /// Sets what is negative to zero: the rectifier between the layers.
    fileprivate mutating func rectify() {
        for place in values.indices where values[place] < 0 { values[place] = 0 }
    }

    /// Sets to zero what the rectifier stopped: the places where `hidden` is zero.
    fileprivate mutating func blank(where hidden: NodeMatrix) {
        for place in values.indices where hidden.values[place] <= 0 { values[place] = 0 }
    }
}
