import JupyterKernel
import Presentation
import Support
import Synchronization
import TransferGraphCore

/// The state of an exploration: the controls' values, and what they show.
final class Exploration: Sendable {
    private struct Choices: Equatable {
        var target: Int
        var method: Int
        var family: Int
        var ratio: Double
        var models: Int
    }

    private let zoo: Zoo
    private let targets: [Int]
    private let methods: [String]
    /// The first stands for all.
    private let families: [String]
    private static let ratios = 0.1...1
    private static let counts = 1...20
    private let seed: UInt64
    private let choices: Mutex<Choices>

    private struct Last {
        let target: Int
        let method: Int
        let ratio: Double
        let prediction: Prediction
    }

    private let last = Mutex<Last?>(nil)

    init(zoo: Zoo, targets: [Int], first: Int, seed: UInt64) {
        self.zoo = zoo
        self.targets = targets
        self.seed = seed
        let known = MethodCatalog.entries(for: zoo).map(\.name)
        // Methods that answer within a few seconds: the rest is a matter for %evaluate.
        methods = ["auto", "history", "tg:lr:n2v"].filter(known.contains) + zoo.scores.map(\.method)
        families = ["all"] + Set(zoo.models.compactMap(\.family)).sorted()
        choices = Mutex(
            Choices(target: targets.firstIndex(of: first) ?? 0, method: 0, family: 0, ratio: 1, models: 5))
    }

    var controls: [WidgetPanel.Control] {
        let now = choices.withLock { $0 }
        return [
            .choice("target", targets.map { zoo.datasets[$0].name.singleLine(limit: 60) }, selected: now.target),
            .choice("method", methods, selected: now.method),
            .choice("family", families.map { $0.singleLine(limit: 60) }, selected: now.family),
            .number("history kept", Self.ratios, step: 0.1, value: now.ratio),
            .count("models", Self.counts, value: now.models),
        ]
    }

    /// - Returns: whether anything changed.
    func set(_ control: Int, to value: Double) -> Bool {
        if value.isNaN { return false }
        return choices.withLock { choices in
            let before = choices
            // Clamped before it is made whole: no number from outside is too large for that.
            func whole(_ range: ClosedRange<Int>) -> Int {
                Int(min(max(value, Double(range.lowerBound)), Double(range.upperBound)))
            }
            switch control {
            case 0: choices.target = whole(0...max(targets.count - 1, 0))
            case 1: choices.method = whole(0...max(methods.count - 1, 0))
            case 2: choices.family = whole(0...max(families.count - 1, 0))
            case 3: choices.ratio = min(max(value, Self.ratios.lowerBound), Self.ratios.upperBound)
            default: choices.models = whole(Self.counts)
            }
            return before != choices
        }
    }

    /// The method's prediction for the target; computed once while these choices stay.
    private func predict(_ now: Choices, work: Work) throws -> Prediction {
        if let last = last.withLock({ $0 }), last.target == now.target, last.method == now.method,
            last.ratio == now.ratio
        {
            return last.prediction
        }
        var settings = MethodSettings()
        settings.seed = seed
        let method = try MethodCatalog.method(named: methods[now.method], for: zoo)
        let prediction = try method.predict(
            TargetWorkspace(
                zoo: zoo, target: targets[now.target], historyRatio: now.ratio, settings: settings, work: work))
        last.withLock { $0 = Last(target: now.target, method: now.method, ratio: now.ratio, prediction: prediction) }
        return prediction
    }

    /// The controls' values in a line, which is saved with the drawings.
    private func line(_ now: Choices) -> DisplayData {
        let family = now.family == 0 ? "all families" : "family \(families[now.family].singleLine(limit: 60))"
        return DisplayData(
            text:
                "\(zoo.datasets[targets[now.target]].name.singleLine(limit: 60)) · \(methods[now.method]) · \(family) · \(NumberFormat.figures.text(now.ratio)) of the history · \(now.models) model\(now.models == 1 ? "" : "s")"
        )
    }

    /// The controls' values, predicted against actual, the ranking, the evidence, and the table, each under its name.
    func views(work: Work) throws -> [(name: String, view: DisplayData)] {
        let now = choices.withLock { $0 }
        let nothing = DisplayData(data: ["text/plain": ""])
        // Each view has its own place, which is empty if there is nothing to show.
        func failed(_ words: String) -> [(name: String, view: DisplayData)] {
            [("choices", line(now))] + ["scatter", "ranking", "evidence"].map { ($0, nothing) }
                + [("table", DisplayData(text: words))]
        }
        do {
            let found = try predict(now, work: work)
            let prediction =
                now.family == 0 ? found : found.only { self.zoo.models[$0].family == self.families[now.family] }
            let value = try RecommendationValue(prediction, zoo: zoo, top: now.models, work: work)
            let charts = value.charts.map { $0.display() }
            return [
                ("choices", line(now)),
                ("scatter", PredictionValue(prediction, zoo: zoo, top: now.models).figures.first ?? nothing),
                ("ranking", charts.first ?? nothing), ("evidence", charts.dropFirst().first ?? nothing),
                ("table", value.table.display),
            ]
        } catch let error as UserError {
            return failed(error.description)
        } catch let error as Cancelled {
            throw error
        } catch {
            return failed("\(methods[now.method]) predicts nothing here: \(error)")
        }
    }
}

extension Prediction {
    /// The same for some models only; the probability of being best is not theirs and is left out.
    fileprivate func only(_ isWanted: (Int) -> Bool) -> Prediction {
        Prediction(
            method: method, target: target,
            values: values.enumerated().map { isWanted($0.offset) ? $0.element : nil }, intervals: intervals,
            quantiles: quantiles, explanations: explanations, order: order?.filter(isWanted))
    }
}

/// Names for the displays of one exploration.
enum ExplorationPlace {
    private static let count = Atomic(0)
    static func next() -> String {
        "explore-\(UInt32.random(in: .min ... .max))-\(count.add(1, ordering: .relaxed).newValue)"
    }
}
