import CellLanguage
import Foundation
import Presentation
import TransferGraphCore

/// What `%evaluate` will do, how long that takes, and what it leaves out by its own choice.
struct EvaluationPlan {
    let methods: [String]
    let targets: [Int]
    /// Shown before the work; empty if it takes only a moment.
    let announcement: String
    /// Which datasets with results are not targets by default, in a sentence; `nil` if all are.
    let passedOver: String?
    /// About how long it takes with these threads.
    let seconds: Double

    /// How many targets to sample if all of them would take long.
    static let sampleSize = 24
    /// The time limit of what nobody asked for, in seconds.
    static let patience = 60.0

    /// - Parameters:
    ///   - asked: the methods that were named; empty for the defaults.
    ///   - evaluator: what is held out, the targets that were named, seeds, settings and threads.
    ///   - sample: how many targets were asked for.
    ///   - ratios: how many history ratios are tried.
    ///   - words: the other options as given, for a line that asks for all.
    ///   - isPatient: whether to leave nothing out, however long it takes.
    init(
        _ zoo: Zoo, methods asked: [String], evaluator: Evaluator, sample: Int?, ratios: Int, words: [String],
        isPatient: Bool = false
    ) {
        let named = evaluator.targets
        let runs = evaluator.seeds.count * ratios * evaluator.holdOut.foldsPerTarget
        var names = asked
        if names.isEmpty { names = Self.usualMethods(for: zoo, evaluator.holdOut) }
        if !names.contains(evaluator.holdOut.baseline) { names.append(evaluator.holdOut.baseline) }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        let all = named.isEmpty ? zoo.evaluationTargets : named
        passedOver = named.isEmpty ? Self.passedOver(in: zoo, targets: all.count) : nil
        func seconds(_ methods: [String], _ targets: Int) -> Double {
            Self.seconds(methods, targets: targets, in: zoo, settings: evaluator.settings) * Double(runs)
                / Double(max(min(evaluator.threads, targets), 1))
        }
        let rule = "spread evenly over all by their number of results"
        var targets = sample.map { zoo.sample(of: all, count: $0) } ?? all
        let whole = seconds(names, targets.count)
        if asked.isEmpty, named.isEmpty, sample == nil, whole > Self.patience, !isPatient {
            let kept = names.filter { !Self.isSlow($0) }
            targets = zoo.sample(of: all, count: Self.sampleSize)
            let line = (["%evaluate"] + names.map { "--method \($0)" } + words).joined(separator: " ")
            let left = names.filter(Self.isSlow)
            announcement =
                "All methods on all \(all.count) targets would take about \(DurationText.about(whole)): "
                + "\(line)\nThis takes \(targets.count) targets, \(rule)"
                + (left.isEmpty ? "" : ", and leaves out \(left.joined(separator: ", "))")
                + ": about \(DurationText.about(seconds(kept, targets.count))).\n" + Self.clusterHint(whole)
            self.seconds = seconds(kept, targets.count)
            methods = kept
        } else {
            let chosen =
                targets.count < all.count
                ? "\(targets.count) of \(all.count) targets, \(rule)"
                : "\(targets.count) target\(targets.count == 1 ? "" : "s")"
            announcement =
                whole > 2 || targets.count < all.count
                ? "\(names.joined(separator: ", ")) on \(chosen): about \(DurationText.about(whole)).\n"
                    + Self.clusterHint(whole) : ""
            self.seconds = whole
            methods = names
        }
        self.targets = targets
    }

    /// What was left out of the zoo, and which datasets are not targets, in sentences; `nil` if nothing.
    func leftOut(and other: String?) -> String? {
        let said = [other, passedOver].compactMap(\.self)
        return said.isEmpty ? nil : said.joined(separator: " ")
    }

    private static func passedOver(in zoo: Zoo, targets: Int) -> String? {
        let withResults = zoo.datasets.indices.count { zoo.results.column($0).count >= 2 }
        guard withResults > targets, targets > 0 else { return nil }
        let few = withResults - targets
        let least = zoo.evaluationTargets.map { zoo.results.column($0).count }.min() ?? 0
        let lacks =
            zoo.evaluationTargets.allSatisfy(zoo.hasScores)
            ? "without transferability scores" : "with fewer than \(least < 10 ? "five" : "ten") results"
        return
            "\(few) dataset\(few == 1 ? "" : "s") \(lacks) \(few == 1 ? "is no target" : "are no targets"): --target NAME takes one in."
    }

    /// The default methods of an evaluation: all quick ones, the best of the graph's and the quickest of the paper's;
    /// for new models or cells, the plain methods that have an answer there.
    static func usualMethods(for zoo: Zoo, _ holdOut: HoldOut) -> [String] {
        let standard = MethodOptions.standardMethod(for: zoo)
        if holdOut != .oneDataset { return [standard, "history", "nearest-text", "factorisation", "family-size"] }
        return [standard, "graph:rf:spectral", "tg:lr:n2v"] + zoo.scores.map(\.method) + ["history", "random"]
    }

    /// Whether a method trains embeddings anew for each target: all graph methods but the spectral ones.
    private static func isSlow(_ method: String) -> Bool {
        method.hasPrefix("tg:") || method.hasPrefix("graph:") && !method.hasSuffix(":spectral")
    }

    /// Where else hours of work may be done.
    private static func clusterHint(_ seconds: Double) -> String {
        seconds > 3600 ? "With --on slurm --out DIR a cluster does it, with --part K/N --out DIR any machines.\n" : ""
    }

    /// About how long the methods take on one core, in seconds: fitted to the time per target on the built-in zoos, of
    /// 3,500, 10,000 and 88,000 results (`script/bench sweeps estimate`).
    static func seconds(_ methods: [String], targets: Int, in zoo: Zoo, settings: MethodSettings) -> Double {
        let results = Double(zoo.results.count)
        let nodes = Double(zoo.models.count + zoo.datasets.count)
        let withResults = zoo.datasets.indices.count { !zoo.results.column($0).isEmpty }
        let draws = Double(EvaluationSummary.resamples(targets: targets))
        let intervals = draws * results / Double(max(withResults, 1)) * 3e-7
        var learners: Set<[Substring]> = []
        var sum = 4e-8 * results
        for method in methods {
            sum += intervals
            let parts = method.split(separator: ":")
            if method == "auto" {
                sum += 0.6 * min(1, results / 3400)
            } else if parts.count == 3 {
                // One embedding per held-out eighth of the datasets, or some of one graph.
                let embeddings = parts[0] == "graph" ? 8 : Double(settings.embeddingsPerTarget)
                let predictors = Double(parts[0] == "graph" ? 4 : settings.embeddingsPerTarget)
                if learners.insert([parts[0], parts[2]]).inserted {
                    let (start, each): (Double, Double) =
                        switch parts[2] {
                        case "spectral": (0, 4e-5)
                        case "n2v", "n2v+": (0, 1.2e-4)
                        default: (0.1, 2e-4)
                        }
                    sum += embeddings * (start + nodes * each * (Double(settings.dimension) / 32))
                }
                sum += predictors * (parts[1] == "xgb" ? 0.4 + 5e-5 * results : 5e-6 * results)
            }
        }
        return sum * Double(targets)
    }
}
