import Support

/// Trains a ``LinkNetwork`` with Adam, on the whole graph at once or by batches of its edges.
///
/// The pairs that are not joined are those given, and drawn ones that make them as many as the joined, or half as many
/// where enough were given.
struct LinkTrainer<Layer: MessagePassingLayer>: Sendable where Layer.Scalar == Float {
    let settings: GraphNetworkSettings
    let addsSelfLoops: Bool
    private let learningRate: Double
    private var inputs: NodeInputs
    private var network: LinkNetwork<Layer>
    private var firstSteps: [Adam<Float>]
    private var secondSteps: [Adam<Float>]
    private var generator: SeededGenerator
    private var kinds: [UInt8] = []

    init(
        settings: GraphNetworkSettings, inputs: NodeInputs, first: Layer, second: Layer, addsSelfLoops: Bool,
        generator: SeededGenerator
    ) {
        self.settings = settings
        self.inputs = inputs
        network = LinkNetwork(first: first, second: second)
        self.addsSelfLoops = addsSelfLoops
        self.generator = generator
        learningRate = settings.learningRate(forNodes: inputs.nodeCount)
        firstSteps = first.parameters.map { Adam(count: $0.count) }
        secondSteps = second.parameters.map { Adam(count: $0.count) }
        self.inputs.prepareSteps()
    }

    /// Trains, and gives every node its vector.
    ///
    /// - Parameters:
    ///   - messages: along what messages pass, where that is not the graph alone.
    ///   - kinds: the kind of each node, so that drawn pairs are of the kinds that joined ones are of; not looked at where
    ///     empty.
    mutating func embed(
        _ graph: CSRGraph, negativePairs: [CSRGraph.Edge], messages: RelationalGraph? = nil, kinds: [UInt8] = [],
        learner: String, work: Work
    ) throws -> Embedding {
        self.kinds = kinds
        NumericThreads.useOne()
        var joined = Array(graph.edges().lazy.filter { $0.from != $0.to }.map { NodePair(from: $0.from, to: $0.to) })
        let apart = negativePairs.map { NodePair(from: $0.from, to: $0.to) }
        let plan = settings.samplingPlan(for: graph)
        let isFullBatch = plan == nil
        let epochs = joined.isEmpty ? 0 : settings.epochs ?? (isFullBatch ? 100 : 5)
        let block =
            isFullBatch
            ? messages.map(MessageBlock.init) ?? MessageBlock(graph, addsSelfLoops: addsSelfLoops) : nil
        var sampler = NeighbourSampler(
            graph: messages?.structure ?? graph, addsSelfLoops: addsSelfLoops, relations: messages?.relations ?? [])
        var edges = EpochEdges(isFullBatch ? [] : joined, count: plan?.edgesAnEpoch ?? 0)
        if !isFullBatch { joined = [] }
        let loop = RowLoop(threads: settings.threads, work: work)
        var losses: [Double] = []
        for epoch in 0..<epochs {
            let stage = work.part(Double(epoch) / Double(epochs)...Double(epoch + 1) / Double(epochs))
            stage.report("Training the graph network", 0)
            if let plan {
                losses.append(
                    try sampledEpoch(graph, &edges, apart, plan, sampler: &sampler, loop: loop, stage: stage))
            } else if let block {
                let drawn = drawnPairs(max(joined.count - apart.count, joined.count / 2), like: joined, in: graph)
                try work.check()
                losses.append(
                    try step(first: block, second: block, nodes: nil, joined: joined, apart: apart + drawn, loop: loop))
            }
        }
        inputs.endSteps()
        loop.room.clear()
        let vectors =
            try block.map {
                try network.output(inputs.rows(of: nil, loop: loop), first: $0, second: $0, loop: loop).values
            } ?? sampledOutput(graph, share: plan?.isPartial == true ? 4096 : 256, sampler: &sampler, loop: loop)
        guard vectors.allSatisfy(\.isFinite) else {
            throw EmbeddingError.diverged(learningRate: learningRate)
        }
        return Embedding(
            vectors: vectors, dimension: settings.dimension, learner: learner, seed: settings.seed, losses: losses,
            sampling: plan)
    }

    /// One step of Adam on all parameters; pairs are given by rows of the output.
    ///
    /// - Returns: the loss before the step.
    private mutating func step(
        first firstBlock: MessageBlock, second secondBlock: MessageBlock, nodes: [Int32]?, joined: [NodePair],
        apart: [NodePair], loop: RowLoop
    ) throws -> Double {
        let rows = try inputs.rows(of: nodes, loop: loop)
        let gradients = try network.gradients(
            rows, first: firstBlock, second: secondBlock, joined: joined, apart: apart, loop: loop)
        // Without a choice of nodes the rows are the inputs themselves.
        if nodes != nil { loop.room.keep(rows) }
        Self.step(&network.second, &secondSteps, gradients.second, rate: learningRate)
        Self.step(&network.first, &firstSteps, gradients.first, rate: learningRate)
        try inputs.step(gradients.input, nodes: nodes, rate: learningRate, loop: loop)
        loop.room.keep(gradients.input)
        return gradients.loss
    }

    private static func step(
        _ layer: inout Layer, _ steps: inout [Adam<Float>], _ gradients: [[Float]], rate: Double
    ) {
        var parameters = layer.parameters
        for index in parameters.indices { steps[index].step(&parameters[index], gradients[index], rate: rate) }
        layer.parameters = parameters
    }

    /// Pairs that are not joined, each of the first end of one edge and the second end of another, so that what kinds of
    /// nodes meet is as in the graph. In a very dense graph there may be fewer.
    private mutating func drawnPairs(_ count: Int, like joined: [NodePair], in graph: CSRGraph) -> [NodePair] {
        var pairs: [NodePair] = []
        for _ in 0..<max(0, 4 * count) where pairs.count < count {
            let first = joined[generator.index(below: joined.count)]
            let second = joined[generator.index(below: joined.count)]
            let (from, to) = (first.from, second.to)
            if !kinds.isEmpty
                && (kinds[Int(second.from)] != kinds[Int(from)] || kinds[Int(first.to)] != kinds[Int(to)])
            {
                continue
            }
            if from != to && graph.weight(between: Int(from), and: Int(to)) == 0 {
                pairs.append(NodePair(from: from, to: to))
            }
        }
        return pairs
    }

    // MARK: Neighbour sampling

    private mutating func sampledEpoch(
        _ graph: CSRGraph, _ edges: inout EpochEdges, _ apart: [NodePair], _ plan: SamplingPlan,
        sampler: inout NeighbourSampler, loop: RowLoop, stage: Work
    ) throws -> Double {
        let order = edges.next(using: &generator)
        let apart = apart.shuffled(using: &generator)
        let steps = (order.count + plan.batchSize - 1) / plan.batchSize
        var loss = 0.0
        for index in 0..<steps {
            stage.report("Training the graph network", Double(index) / Double(steps))
            let batch = Array(order[index * order.count / steps..<(index + 1) * order.count / steps])
            let given = apart[index * apart.count / steps..<(index + 1) * apart.count / steps]
            let drawn = drawnPairs(
                max(batch.count - given.count, batch.count / 2), like: plan.isPartial ? batch : edges.all, in: graph)
            try stage.check()
            sampler.setHidden(true, batch)
            defer { sampler.setHidden(false, batch) }
            let (targets, pairs) = sampler.nodes(of: batch + given + drawn)
            let upper = sampler.block(to: targets, limit: plan.neighbours, using: &generator)
            try stage.check()
            let lower = sampler.block(to: upper.nodes, limit: plan.neighbours, using: &generator)
            try stage.check()
            loss += try step(
                first: lower.block, second: upper.block, nodes: lower.nodes, joined: Array(pairs[..<batch.count]),
                apart: Array(pairs[batch.count...]), loop: loop)
        }
        return loss / Double(max(1, steps))
    }

    /// Every node's vector from all its neighbours, layer by layer and a share of the nodes at a time.
    private mutating func sampledOutput(
        _ graph: CSRGraph, share: Int, sampler: inout NeighbourSampler, loop: RowLoop
    ) throws -> [Float] {
        var hidden = DenseMatrix<Float>(rows: graph.nodeCount, columns: settings.dimension)
        var output: [Float] = []
        output.reserveCapacity(graph.nodeCount * settings.dimension)
        for layer in 0..<2 {
            for start in stride(from: 0, to: graph.nodeCount, by: share) {
                try loop.work.check()
                let targets = Array(Int32(start)..<Int32(min(graph.nodeCount, start + share)))
                let (block, nodes) = sampler.block(to: targets, limit: nil, using: &generator)
                if layer == 0 {
                    let input = try inputs.rows(of: nodes, loop: loop)
                    let rows = try network.hidden(input, over: block, loop: loop)
                    loop.room.keep(input)
                    hidden.values.replaceSubrange(
                        start * hidden.columns..<start * hidden.columns + rows.values.count, with: rows.values)
                    loop.room.keep(rows)
                } else {
                    let input = try hidden.gathering(nodes, loop: loop)
                    let (rows, memory) = try network.second.forward(input, over: block, loop: loop)
                    output.append(contentsOf: rows.values)
                    Layer.keep(memory, in: loop.room)
                    loop.room.keep(input)
                    loop.room.keep(rows)
                }
            }
        }
        return output
    }
}
