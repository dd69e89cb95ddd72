/// How well a prediction of models' results agrees with the results themselves, on one target.
///
/// Every function takes the predicted and the actual values of the same models in the same order, and answers
/// `nil` where the measure is undefined: fewer than two models, a constant side (for the correlations), a NaN, or
/// arrays of different lengths. Undefined is never shown as 0.
///
/// Correlations are in -1...1, and agree with scipy's.
public enum Measures {
    /// The number of models if the two sides can be compared at all: equal lengths, two or more, no NaN.
    static func comparableCount(_ predicted: [Double], _ actual: [Double]) -> Int? {
        guard predicted.count == actual.count, predicted.count >= 2 else { return nil }
        for index in predicted.indices where predicted[index].isNaN || actual[index].isNaN { return nil }
        return predicted.count
    }

    /// Brings a correlation that rounding pushed past ±1 back to it, and turns NaN into `nil`.
    static func correlation(_ value: Double) -> Double? {
        value.isNaN ? nil : max(-1, min(1, value))
    }
}
