import CellLanguage
import Foundation
import Presentation
import TransferGraphCore

/// What `%evaluate` is going to do, how long that takes, and what it leaves out where it chose for the user.
struct EvaluationPlan {
    let methods: [String]
    let targets: [Int]
    /// Said before the work; empty where it is over in a moment.
    let announcement: String

    /// How many targets are taken where all of them would take long.
    static let sampleSize = 24
    /// What nobody asked for may take so long, in seconds.
    static let patience = 60.0

    /// - Parameters:
    ///   - asked: the methods that were named; none for the usual ones.
    ///   - named: the targets that were named.
    ///   - sample: how many targets were asked for.
    ///   - runs: how often each target is predicted: seeds times history ratios.
    init(
        _ zoo: Zoo, methods asked: [String], targets named: [Int], sample: Int?, runs: Int, settings: MethodSettings,
        threads: Int
    ) {
        var names = asked
        if names.isEmpty {
            names =
                [MethodOptions.standardMethod(for: zoo), "tg:xgb:n2v"] + zoo.scores.map(\.method) + [
                    "history", "random",
                ]
        }
        if !names.contains("history") { names.append("history") }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        let all = named.isEmpty ? zoo.evaluationTargets : named
        func seconds(_ methods: [String], _ targets: Int) -> Double {
            Self.seconds(methods, targets: targets, in: zoo, settings: settings) * Double(runs)
                / Double(max(min(threads, targets), 1))
        }
        let rule = "spread evenly over all by their number of results"
        var targets = sample.map { zoo.sample(of: all, count: $0) } ?? all
        let whole = seconds(names, targets.count)
        if asked.isEmpty, named.isEmpty, sample == nil, whole > Self.patience {
            let kept = names.filter { !$0.hasPrefix("tg:") }
            targets = zoo.sample(of: all, count: Self.sampleSize)
            let line = "%evaluate " + names.map { "--method \($0)" }.joined(separator: " ")
            let left = names.filter { $0.hasPrefix("tg:") }
            announcement =
                "All methods on all \(all.count) targets would take about \(DurationText.about(whole)): "
                + "\(line)\nThis takes \(targets.count) targets, \(rule)"
                + (left.isEmpty ? "" : ", and leaves out \(left.joined(separator: ", "))")
                + ": about \(DurationText.about(seconds(kept, targets.count))).\n"
            methods = kept
        } else {
            let chosen =
                targets.count < all.count
                ? "\(targets.count) of \(all.count) targets, \(rule)"
                : "\(targets.count) target\(targets.count == 1 ? "" : "s")"
            announcement =
                whole > 2 || targets.count < all.count
                ? "\(names.joined(separator: ", ")) on \(chosen): about \(DurationText.about(whole)).\n" : ""
            methods = names
        }
        self.targets = targets
    }

    /// About how long the methods take on one core, in seconds: what they took on zoos of several sizes.
    static func seconds(_ methods: [String], targets: Int, in zoo: Zoo, settings: MethodSettings) -> Double {
        let results = Double(zoo.results.count)
        let nodes = Double(zoo.models.count + zoo.datasets.count)
        var learners: Set<Substring> = []
        var sum = 5e-7 * results
        for method in methods {
            // The figures are made with intervals, from resamples of each target's models.
            sum += 2e-5 * results / Double(max(zoo.evaluationTargets.count, 1)) * 20
            let parts = method.split(separator: ":")
            if method == "auto" {
                sum += 1.1e-4 * results
            } else if parts.count == 3 {
                let embeddings = Double(settings.embeddingsPerTarget)
                if learners.insert(parts[2]).inserted {
                    let each = parts[2].hasPrefix("n2v") ? 5e-4 : 2.4e-3
                    sum += embeddings * nodes * each * (Double(settings.dimension) / 32)
                }
                let row = parts[1] == "lr" ? 4e-6 : parts[1] == "rf" ? 1.2e-4 : 6e-5
                sum += embeddings * results * row
            }
        }
        return sum * Double(targets)
    }
}
