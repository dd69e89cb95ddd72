import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// What the own recipe's graph, its learners and the `graph:` methods reach on zoos.
struct GraphRecipeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph-recipe",
        abstract: "Neighbours, held-out links and correlations of the own recipe, by learner and by method.")

    @Option(help: "Zoos: directories, or names of built-in zoos, separated by commas.")
    var zoos: CommaList<String>
    @Option(help: "Learners, separated by commas.")
    var learners: CommaList<String> = ["n2v", "n2v+", "sage", "gat", "rgcn", "spectral"]
    @Option(help: "Methods, separated by commas; none where empty.")
    var methods: CommaList<String> = []
    @Option(help: "At most so many targets: every so many by name.")
    var atMost = 24
    @Option(help: "Seeds, separated by commas.")
    var seeds: CommaList<UInt64> = [0]
    @Option(help: "The dimension of embeddings.")
    var dimension = 32
    @Option(help: "Targets worked on at the same time.")
    var threads = 1
    @Option(help: "Constants of the recipe, as NAME=VALUE, separated by commas.")
    var set: CommaList<String> = []
    @Flag(help: "The paper's recipe in place of the own, for the learners.")
    var paper = false
    @Flag(help: "Only evaluate methods.")
    var noQuality = false

    private static let constants: [(String, @Sendable (inout OwnRecipe.Constants, Double) -> Void)] = [
        ("neighbours", { $0.neighbours = Int($1) }), ("own", { $0.own = Int($1) }), ("result", { $0.result = $1 }),
        ("score", { $0.score = $1 }), ("edge", { $0.edge = $1 }), ("least", { $0.least = $1 }),
        ("similarity", { $0.similarity = $1 }),
        ("lineage", { $0.lineage = $1 }), ("pretraining", { $0.pretraining = $1 }),
    ]

    private func options() throws -> ZooGraph.Options {
        var options = paper ? ZooGraph.Options() : ZooGraph.Options.own
        for text in set.elements {
            let parts = text.split(separator: "=").map(String.init)
            guard parts.count == 2, let value = Double(parts[1]),
                let change = Self.constants.first(where: { $0.0 == parts[0] })?.1
            else { throw ValidationError("'\(text)' names no constant and value.") }
            change(&options.constants, value)
        }
        return options
    }

    func run() throws {
        let options = try options()
        for name in zoos.elements {
            let zoo = try BuiltInZoo.load(name) ?? Zoo.load(path: name)
            let targets = zoo.spreadByName(zoo.evaluationTargets, atMost: atMost)
            if !noQuality { try printQuality(zoo, targets, options) }
            var settings = MethodSettings()
            settings.dimension = dimension
            settings.graph.constants = options.constants
            for method in methods.elements {
                var evaluator = Evaluator(methods: [method])
                evaluator.seeds = seeds.elements
                evaluator.threads = threads
                evaluator.targets = targets
                evaluator.settings = settings
                let start = ContinuousClock.now
                let evaluation = try evaluator.evaluate(zoo)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                print(
                    "\(zoo.name)  \(method)", figure(evaluation.mean(.pearson, method: method)),
                    figure(evaluation.mean(.spearman, method: method)),
                    String(format: "%.2f s", seconds / Double(targets.count * seeds.elements.count)))
            }
        }
    }

    private func printQuality(_ zoo: Zoo, _ targets: [Int], _ options: ZooGraph.Options) throws {
        let graph = ZooGraph(zoo, options: options)
        let counts = graph.edgeCounts.sorted { $0.key.rawValue < $1.key.rawValue }
        print(
            "\(zoo.name): \(graph.nodeCount) nodes,",
            counts.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", "),
            "and \(graph.unjoined.faint.count) faint and \(graph.unjoined.negative.count) negative pairs")
        print("  learner   overlap@3 | md dot degree | dd dot degree distance | rank degree")
        for name in learners.elements {
            guard let learner = GraphLearner(rawValue: name) else { throw ValidationError("No learner '\(name)'.") }
            var rows: [[Double?]] = []
            for seed in seeds.elements {
                let embedding = try learner.embed(graph, dimension: dimension, seed: seed, work: .unwatched)
                let quality = try GraphQuality(
                    of: graph, embedding: embedding, datasets: targets, seed: seed, work: .unwatched
                ) { structure, unjoined, work in
                    try learner.embed(
                        structure, of: graph, unjoined: unjoined, dimension: dimension, seed: seed, work: work)
                }
                let mixed = quality.links.first { $0.kind == .modelAndDataset }
                let datasets = quality.links.first { $0.kind == .datasetAndDataset }
                rows.append([
                    quality.overlap?.share, mixed?.byDotProduct, mixed?.byDegree, datasets?.byDotProduct,
                    datasets?.byDegree, datasets?.byDistance, quality.modelRank?.byDotProduct,
                    quality.modelRank?.byDegree,
                ])
            }
            let means = (0..<8).map { column in
                let known = rows.compactMap { $0[column] }
                return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
            }
            print(
                "  " + name.padding(toLength: 9, withPad: " ", startingAt: 0),
                means.map(figure).joined(separator: " "))
        }
    }

    private func figure(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "    –" }
}
