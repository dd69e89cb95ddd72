import Support
import Synchronization

/// Skip-gram with negative sampling over walks (Mikolov et al., "Distributed Representations of Words and Phrases and
/// their Compositionality", NIPS 2013), by plain stochastic gradient descent.
///
/// **Threads without chance.** The nodes are dealt into two halves. A window's pairs (context, centre) fall into four
/// blocks by the halves of the two; the context's vector is read and written in the input table, the centre's and the
/// negatives' in the output table, and negatives are drawn from the centre's half. The two blocks of a diagonal
/// therefore touch no row in common, and two threads train them at once with the very result that one thread gives
/// (the scheme of Zhu et al., "GraphVite", WWW 2019). Each block has a random stream of its own for each walk.
///
/// With `lockFree` there are no halves: threads take walks as they come and write to shared rows without waiting for
/// one another (Recht et al., "Hogwild!", NIPS 2011). That scales further and repeats no result.
struct SkipGram: Sendable {
    let dimension: Int
    let window: Int
    let negatives: Int
    let threads: Int
    let lockFree: Bool
    let seed: UInt64

    /// The table that becomes the embedding, and the one that is thrown away.
    private let inputs: RowTable
    private let outputs: RowTable
    /// The half each node is in: 0 or 1, and 0 for all where there are no halves.
    private let halves: [UInt8]
    /// What negatives are drawn from, for each half and kind of centre.
    private let noise: [Noise]
    /// The kind of each node: negatives are of their centre's; empty where there is one kind.
    private let kinds: [UInt8]
    private let kindCount: Int
    /// Pairs to be held apart, (context, centre) by block.
    private let apart: [[(context: Int32, centre: Int32)]]
    private let sigmoid = SigmoidTable()

    private struct Noise: Sendable {
        let nodes: [Int32]
        let table: AliasTable
    }

    /// The loss of some windows, to be averaged.
    struct Loss: Sendable {
        var sum = 0.0
        var windows = 0

        static func += (total: inout Loss, part: Loss) {
            total.sum += part.sum
            total.windows += part.windows
        }
    }

    /// One window in this many has its loss worked out.
    private static let lossInterval = 32

    /// - Parameters:
    ///   - popularity: for each node a number that grows with how often walks meet it; negatives are drawn by its
    ///     power 3/4, and the halves are dealt by it.
    ///   - kinds: the kind of each node, from which its negatives are drawn; from all nodes where empty.
    ///   - apart: pairs of nodes that are known not to be neighbours.
    init(
        dimension: Int, window: Int, negatives: Int, popularity: [Float], kinds: [UInt8] = [], apart: [CSRGraph.Edge],
        threads: Int, lockFree: Bool, seed: UInt64, work: Work
    ) throws(Cancelled) {
        self.dimension = dimension
        self.window = window
        self.negatives = negatives
        self.threads = max(1, threads)
        self.lockFree = lockFree
        self.seed = seed
        let halves = lockFree ? [UInt8](repeating: 0, count: popularity.count) : Self.halves(of: popularity)
        self.halves = halves
        self.kinds = kinds
        let kindCount = Int(kinds.max() ?? 0) + 1
        self.kindCount = kindCount
        noise = (0..<(lockFree ? 1 : 2) * kindCount).map { number in
            let (half, kind) = (number / kindCount, number % kindCount)
            let nodes = (0..<Int32(popularity.count)).filter {
                halves[Int($0)] == half && (kinds.isEmpty || kinds[Int($0)] == kind)
            }
            let weights = nodes.map { node in
                let root = popularity[Int(node)].squareRoot()
                return root * root.squareRoot()
            }
            return Noise(nodes: nodes, table: AliasTable(weights))
        }
        var blocks = [[(context: Int32, centre: Int32)]](repeating: [], count: 4)
        for pair in apart {
            for (context, centre) in [(pair.from, pair.to), (pair.to, pair.from)] {
                blocks[Int(halves[Int(context)]) * 2 + Int(halves[Int(centre)])].append((context, centre))
            }
        }
        self.apart = blocks
        inputs = RowTable(rowCount: popularity.count, dimension: dimension)
        outputs = RowTable(rowCount: popularity.count, dimension: dimension)
        try inputs.randomise(dimension: dimension, seed: seed, threads: self.threads, work: work)
    }

    /// Deals the nodes into two halves of about equal popularity: 0, 1, 1, 0, 0, 1, 1, … from the most popular on.
    private static func halves(of popularity: [Float]) -> [UInt8] {
        let order = popularity.indices.sorted { (popularity[$1], $0) < (popularity[$0], $1) }
        var halves = [UInt8](repeating: 0, count: order.count)
        for (rank, node) in order.enumerated() where (rank + 1) & 2 != 0 { halves[node] = 1 }
        return halves
    }

    /// A node and its half in one number.
    @inline(__always)
    func code(of node: Int32) -> Int32 {
        node << 1 | Int32(halves[Int(node)])
    }

    /// The vectors of the nodes, end to end.
    func vectors() -> [Float] {
        inputs.components(dimension: dimension)
    }

    /// Trains on every window of the walks.
    ///
    /// - Complexity: O(tokens · window · (negatives + 1) · dimension).
    func train(on walks: WalkBatch, rate: Float, work: Work) throws(Cancelled) -> Loss {
        if lockFree {
            let total = Mutex(Loss())
            let share = 8
            try Parallel.loop((walks.count + share - 1) / share, threads: threads, work: work) { part in
                let range = part * share..<min(walks.count, (part + 1) * share)
                let loss = train(on: walks, range, block: nil, rate: rate, work: work)
                total.withLock { $0 += loss }
            }
            return total.withLock { $0 }
        }
        var total = Loss()
        for shift in 0..<2 {
            let losses = Mutex([Loss(), Loss()])
            try Parallel.loop(2, threads: threads, work: work) { half in
                let loss = train(on: walks, 0..<walks.count, block: (half, half ^ shift), rate: rate, work: work)
                losses.withLock { $0[half] = loss }
            }
            losses.withLock { for loss in $0 { total += loss } }
        }
        return total
    }

    /// Trains on the windows of some walks, of one block or of all.
    private func train(
        on walks: WalkBatch, _ range: Range<Int>, block: (context: Int, centre: Int)?, rate: Float, work: Work
    ) -> Loss {
        let kernel = SkipGramWindow(
            dimension: dimension, contextLimit: 2 * window, negatives: negatives, sigmoid: sigmoid)
        let firstNoise = (block?.centre ?? 0) * kindCount
        var noise = noise[firstNoise]
        var loss = Loss()
        var untilMeasured = Self.lossInterval
        // A step is taken when the rows of the next are on their way from memory.
        var pending = 0
        func takePending() {
            if pending == 0 { return }
            kernel.step(inputCount: pending, outputCount: negatives + 1, rate: rate)
            untilMeasured -= 1
            if untilMeasured == 0 {
                untilMeasured = Self.lossInterval
                loss.sum += kernel.loss(inputCount: pending, outputCount: negatives + 1)
                loss.windows += 1
            }
        }
        for walk in range {
            if work.isCancelled() { break }
            let blockNumber = block.map { $0.context * 2 + $0.centre } ?? 0
            var generator = SeededGenerator(
                seed: seed, purpose: .negativeSamples, item: (walks.first + walk) << 2 | blockNumber)
            let start = walk * walks.room
            let end = start + Int(walks.lengths[walk])
            for position in start..<end {
                let centre = walks.codes[position]
                if let block, Int(centre & 1) != block.centre { continue }
                let reach = 1 + generator.index(below: window)
                var contexts = 0
                for place in max(start, position - reach)..<min(end, position + reach + 1) where place != position {
                    let context = walks.codes[place]
                    if let block, Int(context & 1) != block.context { continue }
                    kernel.prepareInput(contexts, inputs.row(Int(context >> 1)))
                    contexts += 1
                }
                if contexts == 0 { continue }
                kernel.prepareOutput(0, outputs.row(Int(centre >> 1)))
                if kindCount > 1 { noise = self.noise[firstNoise + Int(kinds[Int(centre >> 1)])] }
                for negative in 1..<max(1, negatives + 1) {
                    let node = noise.nodes[noise.table.draw(using: &generator)]
                    kernel.prepareOutput(negative, node == centre >> 1 ? kernel.unused : outputs.row(Int(node)))
                }
                takePending()
                kernel.advance()
                pending = contexts
            }
        }
        takePending()
        return loss
    }

    /// Trains each pair that is to be held apart `negatives` times, as negative samples of each other.
    func trainApart(rate: Float, work: Work) throws(Cancelled) {
        for shift in 0..<2 {
            // In lock-free training all pairs are in the first block.
            try Parallel.loop(2, threads: lockFree ? 1 : threads, work: work) { half in
                let kernel = SkipGramWindow(dimension: dimension, contextLimit: 1, negatives: 0, sigmoid: sigmoid)
                for (index, pair) in apart[half * 2 + half ^ shift].enumerated() {
                    if index & 0xFFF == 0 && work.isCancelled() { return }
                    kernel.inputs[0] = inputs.row(Int(pair.context))
                    kernel.outputs[0] = outputs.row(Int(pair.centre))
                    for _ in 0..<negatives {
                        kernel.step(inputCount: 1, outputCount: 1, firstLabel: 0, rate: rate)
                    }
                }
            }
        }
    }
}
