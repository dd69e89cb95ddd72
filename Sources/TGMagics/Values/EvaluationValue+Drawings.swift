import Presentation
import TransferGraphCore

/// The drawings of an evaluation.
extension EvaluationValue {
    /// For each probability, the share of the actual results at or below the quantile predicted for it.
    var calibration: Drawing {
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
        ).drawing
    }

    /// Predicted against actual, a panel a method, with a point for each model and seed. Over several targets both are
    /// scaled onto 0…1 within each, since targets differ in how well anything does on them, and so are predictions of
    /// several seeds within each.
    var scatter: Drawing {
        let isScaled = statistics.targets.count > 1 || statistics.seedCount > 1
        let panels = statistics.methods.map { method in
            let series = zip(statistics.targets, evaluation.targets).map { name, target in
                ScatterChart.Series(
                    name: name,
                    points: evaluation.cells(of: method.name, target: target).flatMap {
                        Self.points($0.outcome, isScaled: isScaled)
                    })
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
                ? "Predicted against actual on \(names[0])" : "Predicted against actual, each target held out") + seeds,
            xLabel: isScaled ? "actual result, scaled within its target" : "actual result",
            yLabel: isScaled ? "prediction, scaled within its target" : "prediction", panels: panels
        ).drawing
    }

    /// Actual and predicted of the models that have a prediction.
    private static func points(_ outcome: TargetOutcome, isScaled: Bool) -> [(x: Double, y: Double)] {
        let known = outcome.predicted.indices.filter { outcome.predicted[$0].isFinite }
        let x = known.map { outcome.actual[$0] }
        let y = known.map { outcome.predicted[$0] }
        return Array(isScaled ? zip(scaled(x), scaled(y)) : zip(x, y)).map { (x: $0, y: $1) }
    }

    private static func scaled(_ values: [Double]) -> [Double] {
        guard let low = values.min(), let high = values.max(), high > low else { return values.map { _ in 0.5 } }
        return values.map { ($0 - low) / (high - low) }
    }
}
