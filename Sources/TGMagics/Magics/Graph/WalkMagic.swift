import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// `%walk NODE`
public struct WalkMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "walk", abstract: "Takes one random walk over the graph, step by step, as node2vec does.",
        discussion: """
            %walk pets
            %walk pets --p 0.1 --q 4 --length 12

            Each step goes to a neighbour with a probability proportional to the edge's weight times a bias: 1/p for the
            step straight back, 1 for a neighbour of where the walk came from, 1/q for every other.
            """)

    @Argument(help: ArgumentHelp("The model or dataset to begin at.", valueName: "node"))
    public var node: String
    @Option(help: ArgumentHelp("How many nodes the walk has.", valueName: "count"))
    public var length: Int = 10
    @Option(help: ArgumentHelp("The return parameter: small values keep the walk near its start.", valueName: "number"))
    public var p: Double = 1
    @Option(help: ArgumentHelp("The in-out parameter: small values send the walk far.", valueName: "number"))
    public var q: Double = 1
    @Flag(help: "The rule of node2vec+, by which light edges do not count as such.")
    public var plus = false
    @Option(help: ArgumentHelp("Where random choices come from.", valueName: "number"))
    public var seed: UInt64 = 42

    public init() {}

    public mutating func validate() throws {
        if !(2...200).contains(length) { throw ValidationError("--length takes a count from 2 to 200.") }
        for (name, value) in [("--p", p), ("--q", q)] where !(1e-6...1e6).contains(value) {
            throw ValidationError("\(name) takes a number from 0.000001 to 1000000.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let start = try graph.node(named: node)
        let rule = TransitionRule(p: Float(p), q: Float(q), extended: plus)
        let walker = try RandomWalker(graph: graph.structure, rule: rule, work: .unwatched)
        var generator = SeededGenerator(seed: seed, purpose: .walk, item: start)
        var steps: [WalkValue.Step] = []
        var (previous, current): (Int?, Int) = (nil, start)
        while steps.count + 1 < length {
            let row = graph.structure.row(current)
            if row.isEmpty { break }
            let chances = walker.stepProbabilities(previous: previous, current: current)
            var left = generator.uniform()
            var chosen = chances.count - 1
            for (place, chance) in chances.enumerated() {
                left -= chance
                if left < 0 {
                    chosen = place
                    break
                }
            }
            let next = Int(graph.structure.targets[row.lowerBound + chosen])
            let kind: WalkValue.Kind =
                previous == nil
                ? .first
                : next == previous
                    ? .back : graph.structure.weight(between: previous ?? 0, and: next) > 0 ? .near : .onward
            steps.append(
                .init(
                    from: current, to: next, weight: Double(graph.structure.weights[row.lowerBound + chosen]),
                    kind: kind, probability: chances[chosen], choices: row.count))
            (previous, current) = (current, next)
        }
        let walk = [start] + steps.map(\.to)
        let drawing = try GraphDrawing(graph: graph, centre: nil, limit: graph.nodeCount > 60 ? 40 : nil, walk: walk)
            .drawing(work: .unwatched)
        return MagicResult(
            WalkValue(graph: graph, start: start, steps: steps, rule: rule, seed: seed, drawing: drawing))
    }
}
