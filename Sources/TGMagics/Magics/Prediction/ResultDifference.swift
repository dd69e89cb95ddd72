import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// By how much a result is to be better: `0.02` in the results' own units, or `2%` of what they can be.
public struct ResultDifference: ExpressibleByArgument, Sendable, Equatable {
    let number: Double
    let isPercent: Bool

    init(_ number: Double, isPercent: Bool = false) {
        self.number = number
        self.isPercent = isPercent
    }

    public init?(argument: String) {
        guard let written = WrittenNumber(argument) else { return nil }
        self.init(written.value, isPercent: written.isPercent)
    }

    public var defaultValueDescription: String { WrittenNumber.shortest(number) + (isPercent ? "%" : "") }

    /// As a share of what results can be, where a plain number is one too.
    var share: Double { isPercent ? number / 100 : number }

    func check() throws {
        if number < 0 { throw ValidationError("--delta takes a number of 0 or more.") }
        if isPercent, number >= 100 { throw ValidationError("--delta takes less than 100%, such as 1%.") }
    }

    /// In the units of the results that are expected.
    ///
    /// - Throws: `UserError` if no two results on the dataset can be so far apart.
    func value(in outlook: Outlook, of dataset: String) throws(UserError) -> Double {
        // The usual one is 1 % of what results can be.
        if isPercent { return number * outlook.usualDelta }
        guard let metric = outlook.metric, let range = metric.valueRange,
            number >= range.upperBound - range.lowerBound
        else { return number }
        throw UserError(
            "UsageError",
            "No result on '\(dataset)' can be better by \(defaultValueDescription): results there are \(metric.scale.phrase), from \(WrittenNumber.shortest(range.lowerBound)) to \(WrittenNumber.shortest(range.upperBound)).",
            hint: "--delta is in their units; 1% is a share of what they can be.")
    }
}
