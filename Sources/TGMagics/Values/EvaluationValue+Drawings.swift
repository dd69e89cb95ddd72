import Presentation
import TransferGraphCore

/// The drawings of an evaluation.
extension EvaluationValue {
    /// For each probability, the share of the actual results at or below the quantile predicted for it.
    var calibration: LineChart {
        let chances = (1...19).map { Double($0) / 20 }
        let lines = evaluation.methods.compactMap { method -> LineChart.Series? in
            let points = chances.compactMap { chance in
                evaluation.shareBelow(chance: chance, method: method).map { (x: chance, y: $0) }
            }
            return points.isEmpty ? nil : LineChart.Series(name: method, points: points)
        }
        return LineChart(
            title: "Calibration of the predicted quantiles", xLabel: "probability of the predicted quantile",
            yLabel: "share of the actual results at or below it",
            series: lines + [LineChart.Series(name: "calibrated", points: [(0, 0), (1, 1)], isDashed: true)]
        )
    }

    /// Predicted against actual, one panel per method, with a point for each model and seed. Over several targets both
    /// are scaled to 0…1 within each, since targets differ in how well all models do on them; predictions of several
    /// seeds are scaled within each seed too.
    var scatter: ScatterChart {
        let isScaled = statistics.targets.count > 1 || statistics.seedCount > 1
        // More dots than these cover each other and make the notebook large.
        let count = max(statistics.methods.count, 1)
        let all = evaluation.cells.reduce(0) { $0 + $1.outcome.models.count } / count
        let limit = min(Self.dotLimit, Self.pictureDotLimit / count)
        let step = max(1, (all + limit - 1) / limit)
        let panels = statistics.methods.map { method in
            let series = zip(statistics.targets, evaluation.targets).map { name, target in
                ScatterChart.Series(
                    name: name,
                    points: evaluation.cells(of: method.name, target: target).flatMap {
                        points($0.outcome, isScaled: isScaled)
                    }.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element))
            }
            let figure = { (measure: Measure) in NumberFormat.decimals(3).text(method[measure]?.mean ?? .nan) }
            return ScatterChart.Panel(
                title: method.name, subtitle: "Pearson \(figure(.pearson)) · Spearman \(figure(.spearman))",
                series: series)
        }
        let names = statistics.targets
        let seeds = statistics.seedCount > 1 ? ", \(statistics.seedCount) seeds" : ""
        return ScatterChart(
            title: (names.count == 1
                ? "Predicted against actual on \(names[0])" : "Predicted against actual, each target held out") + seeds
                + (step > 1 ? ", one in \(step) results" : ""),
            xLabel: isScaled ? "actual result, scaled within its target" : "actual result",
            yLabel: isScaled ? "prediction, scaled within its target" : "prediction", panels: panels,
            agreement: isScaled ? .identity : nil)
    }

    /// In a panel, and in all panels together.
    private static let dotLimit = 6000
    private static let pictureDotLimit = 16_000

    /// The mean correlation of each method, with its interval.
    var methodsChart: DotChart {
        let hasTargets = statistics.targets.count > 1
        let baseline = statistics[statistics.baseline]?[.pearson]?.mean ?? .nan
        let items = statistics.methods.map { method -> DotChart.Item in
            let figure = method[.pearson]
            let mean = figure?.mean ?? .nan
            let interval = hasTargets ? figure?.interval : figure?.modelInterval
            return .init(
                name: method.name, value: mean,
                interval: interval.flatMap { $0.lower <= $0.upper ? $0.lower...$0.upper : nil },
                label: NumberFormat.decimals(3).text(mean))
        }
        return DotChart(
            title: "How well each method orders the models",
            subtitle: "Mean Pearson correlation of predicted and actual, with its 95 % interval on other "
                + (hasTargets ? "datasets and models" : "models") + " like these",
            items: items, marks: baseline.isFinite ? [(baseline, statistics.baseline)] : [],
            axisTitle: "Pearson correlation")
    }

    /// The regret of fine-tuning only the first k models, one line per method: how many runs a good result takes.
    var regretByRuns: LineChart {
        let most = min(10, evaluation.cells.map(\.outcome.models.count).min() ?? 1)
        let lines = statistics.methods.map { method in
            let points = (1...max(most, 1)).map { runs -> (x: Double, y: Double) in
                let losses = evaluation.cells(of: method.name).compactMap {
                    Measure.scaledRegret(at: runs).value(of: $0.outcome)
                }
                return (Double(runs), losses.isEmpty ? .nan : losses.reduce(0, +) / Double(losses.count))
            }
            return LineChart.Series(name: method.name, points: points)
        }
        return LineChart(
            title: "What is lost by fine-tuning only the first few", xLabel: "models fine-tuned",
            yLabel: "mean regret, as a share of the range of each dataset's results", series: lines)
    }

    /// Actual and predicted values of the models that have a prediction.
    private func points(_ outcome: TargetOutcome, isScaled: Bool) -> [ScatterChart.Point] {
        let known = outcome.predicted.indices.filter { outcome.predicted[$0].isFinite }
        let x = known.map { outcome.actual[$0] }
        let y = known.map { outcome.predicted[$0] }
        let places = isScaled ? zip(Self.scaled(x), Self.scaled(y)) : zip(x, y)
        return zip(known, places).map { place, point in
            .init(x: point.0, y: point.1, name: evaluation.zoo.models[outcome.models[place]].name)
        }
    }

    private static func scaled(_ values: [Double]) -> [Double] {
        guard let low = values.min(), let high = values.max(), high > low else { return values.map { _ in 0.5 } }
        return values.map { ($0 - low) / (high - low) }
    }
}
