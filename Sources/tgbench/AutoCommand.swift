import ArgumentParser
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
    @Option(help: "Of these only the constants whose names contain this.")
    var constant = ""

    private static let changes: [(name: String, change: @Sendable (inout AutoConstants, Double) -> Void)] = [
        (
            "all prior variances but noise",
            { constants, factor in
                let noise = PairKernel.Term.noise.rawValue
                for index in constants.variances.indices where index != noise { constants.variances[index] *= factor }
            }
        ),
        ("prior variance of the noise", { $0.variances[PairKernel.Term.noise.rawValue] *= $1 }),
        ("prior deviation", { $0.priorDeviation *= $1 }),
        ("steps of the fit", { $0.fitSteps = Int(Double($0.fitSteps) * $1) }),
        ("records of the fit", { $0.fitRecords = Int(Double($0.fitRecords) * $1) }),
        ("draws of the fit", { $0.fitDraws = max(1, Int(Double($0.fitDraws) * $1)) }),
        ("what unlike datasets count in intervals", { $0.spreadFloor *= $1 }),
        ("what is left of a range's growth", { $0.rangeFade *= $1 }),
        ("record limit", { $0.recordLimit = Int(Double($0.recordLimit) * $1) }),
        ("distance exponent", { $0.distanceExponent *= $1 }),
        ("model scale", { $0.modelScale *= $1 }),
        ("across families", { $0.acrossFamilies = min(1, $0.acrossFamilies * $1) }),
        ("across pre-training", { $0.acrossPretraining = min(1, $0.acrossPretraining * $1) }),
        ("middle scale", { $0.scales[1] = min(1, $0.scales[1] * $1) }),
        ("correction: linear", { $0.correction.linear *= $1 }),
        ("correction: smooth", { $0.correction.smooth *= $1 }),
        ("correction: shared", { $0.correction.shared *= $1 }),
        ("correction: noise", { $0.correction.noise *= $1 }),
        ("correction: length", { $0.correctionLength *= $1 }),
        ("correction: share", { $0.correctionShare = min(1, $0.correctionShare * $1) }),
    ]

    func run() throws {
        let zoo = try options.zoo()
        let reported = zoo.evaluationTargets
        let chosen =
            others
            ? zoo.datasets.indices.filter {
                !reported.contains($0) && zoo.results.column($0).count >= 10 && zoo.datasets[$0].carriesSignal
            } : reported
        let seeds = options.seeds.elements
        print(Self.text("", columns: ["Pearson", "Spearman", "regret@1", "regret@5", "first 5", "inside"]))
        for ratio in options.historyRatios.elements {
            let tasks = (ratio < 1 ? seeds : Array(seeds.prefix(1))).flatMap { seed in chosen.map { (seed, $0) } }
            try line(
                "auto, history \(ratio)", AutoConstants(), zoo, ratio: ratio, tasks: tasks, listing: options.targets)
            for (name, change) in Self.changes where sensitivity && (constant.isEmpty || name.contains(constant)) {
                for factor in [0.5, 2] {
                    var constants = AutoConstants()
                    change(&constants, factor)
                    try line("\(name) × \(factor)", constants, zoo, ratio: ratio, tasks: tasks, listing: false)
                }
            }
        }
    }

    private func line(
        _ title: String, _ constants: AutoConstants, _ zoo: Zoo, ratio: Double, tasks: [(seed: UInt64, target: Int)],
        listing: Bool
    ) throws {
        let start = ContinuousClock.now
        let rows = try Parallel.map(tasks, threads: options.threads) { seed, target in
            try Self.figures(constants, zoo, target: target, ratio: ratio, seed: seed)
        }
        guard let first = rows.first else { return }
        let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(tasks.count)
        let means = first.indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
        print(Self.text(title, means) + " \(Self.rounded(seconds, 2)) s")
        for (task, row) in zip(tasks, rows) where listing {
            print(Self.text("  " + zoo.datasets[task.target].name, row))
        }
    }

    /// Pearson, Spearman, regret@1, regret@5, what the first five to be recommended lose, coverage.
    private static func figures(
        _ constants: AutoConstants, _ zoo: Zoo, target: Int, ratio: Double, seed: UInt64
    ) throws -> [Double] {
        let heldOut = zoo.holdingOut(target).keepingHistory(ratio: ratio, seed: seed)
        var settings = MethodSettings()
        settings.seed = seed
        let prediction = try Auto(constants: constants).predict(TargetWorkspace(heldOut, settings: settings))
        let column = zoo.results.column(target)
        let predicted = column.map { prediction.values[Int(zoo.results.models[$0])] ?? .nan }
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
