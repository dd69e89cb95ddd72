import ArgumentParser
import Foundation
import Support
import TransferGraphCore

/// What `auto` reaches on a zoo, how often its intervals hold, and what halving and doubling its constants does.
struct AutoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auto", abstract: "Accuracy, coverage and sensitivity of the method auto.",
        discussion: "With all of the history only the first seed is taken.")

    @OptionGroup var options: EvaluationOptions
    @Flag(help: "The zoo's other datasets of at least ten results as targets: what constants are chosen on.")
    var others = false
    @Flag(help: "Each constant halved and doubled.")
    var sensitivity = false
    @Option(help: "At most so many targets: every so many by name.")
    var atMost = Int.max
    @Option(help: "Constants multiplied throughout, as NAME=FACTOR, separated by commas.")
    var multiply: CommaList<String> = []
    @Flag(help: "The history mean, and model and dataset effects alone, beside it.")
    var baselines = false
    @Option(help: "With --sensitivity, only the constants whose names contain this.")
    var constant = ""

    private static let changes: [(name: String, change: @Sendable (inout AutoConstants, Double) -> Void)] = [
        ("prior deviation", { $0.priorDeviation *= $1 }),
        ("iterations of the fit", { $0.fitIterations = Int(Double($0.fitIterations) * $1) }),
        ("models of the fit", { $0.fitModels = Int(Double($0.fitModels) * $1) }),
        ("datasets of the fit", { $0.fitDatasets = Int(Double($0.fitDatasets) * $1) }),
        ("features of the fit", { $0.fitRank = Int(Double($0.fitRank) * $1) }),
        ("weight floor of the intervals", { $0.intervalWeightFloor *= $1 }),
        ("range damping", { $0.rangeDamping *= $1 }),
        ("datasets held singly", { $0.datasetLimit = Int(Double($0.datasetLimit) * $1) }),
        ("case limit", { $0.caseLimit = Int(Double($0.caseLimit) * $1) }),
        ("features of metadata", { $0.metadataRank = Int(Double($0.metadataRank) * $1) }),
        ("features of other facts", { $0.factRank = Int(Double($0.factRank) * $1) }),
        ("pivots a feature", { $0.pivotsPerFeature = Int(Double($0.pivotsPerFeature) * $1) }),
        ("features of names", { $0.nameRank = Int(Double($0.nameRank) * $1) }),
        ("features of profiles", { $0.profileRank = Int(Double($0.profileRank) * $1) }),
        ("features on one dataset", { $0.ownRank = Int(Double($0.ownRank) * $1) }),
        ("loadings", { $0.loadings = Int(Double($0.loadings) * $1) }),
        ("distance gamma", { $0.distanceGamma *= $1 }),
        ("model length scale", { $0.modelLengthScale *= $1 }),
        ("cross-family similarity", { $0.crossFamilySimilarity = min(1, $0.crossFamilySimilarity * $1) }),
        (
            "cross-pre-training similarity",
            { $0.crossPretrainingSimilarity = min(1, $0.crossPretrainingSimilarity * $1) }
        ),
        ("middle transform", { $0.transforms[1] = min(1, $0.transforms[1] * $1) }),
        ("stacking: linear", { $0.stacking.linear *= $1 }),
        ("stacking: RBF", { $0.stacking.rbf *= $1 }),
        ("stacking: metadata by dataset", { $0.stacking.metadataByDataset *= $1 }),
        ("stacking: noise", { $0.stacking.noise *= $1 }),
        ("stacking: length scale", { $0.stackingLengthScale *= $1 }),
        ("stacking: pivots", { $0.stackingPivots = Int(Double($0.stackingPivots) * $1) }),
        ("stacking: weight", { $0.stackingWeight = min(1, $0.stackingWeight * $1) }),
        ("effects: weight", { $0.effectsWeight *= $1 }),
        ("effects: weight per dataset", { $0.effectsWeightPerDataset *= $1 }),
        ("effects: results", { $0.effectsResults *= $1 }),
        ("order: weight", { $0.orderWeight = min(1, $0.orderWeight * $1) }),
        ("intervals: correction", { $0.intervalCorrection *= $1 }),
        ("intervals: bandwidth", { $0.errorBandwidth *= $1 }),
        ("intervals: prior", { $0.errorPrior *= $1 }),
        ("stacking: cases", { $0.stackingCases *= $1 }),
        ("stacking: weight per dataset", { $0.stackingWeightPerDataset *= $1 }),
    ]

    mutating func validate() throws {
        if !constant.isEmpty && !sensitivity {
            throw ValidationError("--constant chooses among those of --sensitivity.")
        }
    }

    func run() throws {
        let zoo = try options.zoo()
        let reported = zoo.evaluationTargets
        let candidates =
            others
            ? zoo.datasets.indices.filter {
                !reported.contains($0) && zoo.results.column($0).count >= 10 && zoo.datasets[$0].carriesSignal
            } : reported
        // A mean's last digits follow the order of its targets.
        let chosen = candidates.count > atMost ? zoo.spreadByName(candidates, atMost: atMost) : candidates
        let changed = try constants()
        let seeds = options.seeds.elements
        print(Self.text("", columns: ["Pearson", "Spearman", "regret@1", "regret@5", "first 5", "inside"]))
        for ratio in options.historyRatios.elements {
            let tasks = (ratio < 1 ? seeds : Array(seeds.prefix(1))).flatMap { seed in chosen.map { (seed, $0) } }
            let own = try line(
                "auto, history \(ratio)", Auto(constants: changed), zoo, ratio: ratio, tasks: tasks,
                listing: options.targets)
            let others: [(String, any PredictionMethod)] = [
                ("history mean", History() as any PredictionMethod), ("effects", Effects()),
            ]
            for (title, method) in baselines ? others : [] {
                let rows = try line(
                    "\(title), history \(ratio)", method, zoo, ratio: ratio, tasks: tasks, listing: false)
                print(Self.lead(own, rows, tasks: tasks))
            }
            for (name, change) in Self.changes where sensitivity && (constant.isEmpty || name.contains(constant)) {
                for factor in [0.5, 2] {
                    var constants = changed
                    change(&constants, factor)
                    _ = try line(
                        "\(name) × \(factor)", Auto(constants: constants), zoo, ratio: ratio, tasks: tasks,
                        listing: false)
                }
            }
        }
    }

    private func constants() throws -> AutoConstants {
        var constants = AutoConstants()
        for item in multiply.elements {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let factor = Double(parts[1]),
                let change = Self.changes.first(where: { $0.name == parts[0] })
            else { throw ValidationError("'\(item)' is no constant and factor, such as 'stacking: weight=0.5'.") }
            change.change(&constants, factor)
        }
        return constants
    }

    private func line(
        _ title: String, _ method: any PredictionMethod, _ zoo: Zoo, ratio: Double,
        tasks: [(seed: UInt64, target: Int)],
        listing: Bool
    ) throws -> [[Double]] {
        let start = ContinuousClock.now
        let rows = try Parallel.map(tasks, threads: options.threads) { seed, target in
            try Self.figures(method, zoo, target: target, ratio: ratio, seed: seed)
        }
        guard let first = rows.first else { return rows }
        let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(tasks.count)
        let means = first.indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
        print(Self.text(title, means) + " \(Self.rounded(seconds, 2)) s")
        for (task, row) in zip(tasks, rows) where listing {
            print(Self.text("  " + zoo.datasets[task.target].name, row))
        }
        return rows
    }

    /// How far `auto` is ahead in Pearson and Spearman: the mean over seeds of the mean over targets, with a 95 % interval by
    /// Student's t where there are several seeds.
    private static func lead(_ own: [[Double]], _ other: [[Double]], tasks: [(seed: UInt64, target: Int)]) -> String {
        var bySeed: [UInt64: [Int]] = [:]
        for (index, task) in tasks.enumerated() { bySeed[task.seed, default: []].append(index) }
        let seeds = bySeed.keys.sorted()
        let texts = ["Pearson", "Spearman"].enumerated().map { column, name in
            let leads = seeds.map { seed in
                let members = bySeed[seed] ?? []
                return members.reduce(0) { $0 + own[$1][column] - other[$1][column] } / Double(members.count)
            }
            let mean = leads.reduce(0, +) / Double(max(1, leads.count))
            guard leads.count > 1 else { return "\(name) \(rounded(mean, 4))" }
            let square = leads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(leads.count - 1)
            let half =
                StudentT.quantile(twoSided: 0.95, degreesOfFreedom: leads.count - 1)
                * (square / Double(leads.count)).squareRoot()
            return "\(name) \(rounded(mean, 4)) [\(rounded(mean - half, 4)), \(rounded(mean + half, 4))]"
        }
        return "  auto is ahead by: " + texts.joined(separator: ", ")
    }

    /// Pearson, Spearman, regret@1, regret@5, what the first five to be recommended lose, coverage.
    private static func figures(
        _ method: any PredictionMethod, _ zoo: Zoo, target: Int, ratio: Double, seed: UInt64
    ) throws -> [Double] {
        var settings = MethodSettings()
        settings.seed = seed
        let prediction = try method.predict(
            TargetWorkspace(zoo: zoo, target: target, historyRatio: ratio, settings: settings))
        let column = zoo.results.column(target)
        let predicted = column.map { prediction.values[Int(zoo.results.models[$0])] ?? 0 }
        let actual = Array(zoo.results.values[column])
        let normalised = zoo.results.minMaxNormalised()
        let inside = column.count { position in
            prediction.intervals?[Int(zoo.results.models[position])]?.contains(normalised.values[position]) ?? false
        }
        let tried = (prediction.order ?? []).compactMap { zoo.results[model: $0, dataset: target] }.prefix(5)
        let measures: [Measure] = [.pearson, .spearman, .regret(at: 1), .regret(at: 5)]
        return measures.map { $0.value(predicted: predicted, actual: actual) ?? 0 }
            + [(actual.max() ?? 0) - (tried.max() ?? 0), Double(inside) / Double(column.count)]
    }

    private static func rounded(_ value: Double, _ digits: Int) -> String {
        var text = "\((value * 10_000).rounded() / 10_000)"
        if let point = text.firstIndex(of: ".") {
            text = String(text[..<(text.index(point, offsetBy: digits + 1, limitedBy: text.endIndex) ?? text.endIndex)])
        }
        return text
    }

    private static func text(_ title: String, _ values: [Double]) -> String {
        text(title, columns: values.map { rounded($0, 4) })
    }

    private static func text(_ title: String, columns: [String]) -> String {
        title.padded(to: 44) + columns.map { $0.padded(to: 9) }.joined()
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}

/// Model and dataset effects alone, fitted together to standardised results.
private struct Effects: PredictionMethod {
    let name = "effects"

    func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let results = workspace.zoo.known.results
        var values = results.values
        for dataset in 0..<results.datasetCount {
            let column = results.column(dataset)
            values.replaceSubrange(column, with: Statistics.standardised(Array(results.values[column])))
        }
        let effects = TwoWayEffects(results, values: values, modelCount: workspace.zoo.known.models.count)
        return Prediction(method: name, target: workspace.zoo.target, values: effects.models)
    }
}
