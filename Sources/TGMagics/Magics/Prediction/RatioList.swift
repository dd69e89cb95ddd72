import ArgumentParser
import Presentation

/// One number or several, separated by commas.
public struct RatioList: ExpressibleByArgument, Sendable {
    let values: [Double]

    init(_ values: [Double]) {
        self.values = values
    }

    public init?(argument: String) {
        let words = argument.split(separator: ",", omittingEmptySubsequences: false)
        let values = words.compactMap { Double($0) }
        guard values.count == words.count, !values.isEmpty, Set(values).count == values.count else { return nil }
        self.values = values
    }

    public var defaultValueDescription: String { values.map { NumberFormat.figures.text($0) }.joined(separator: ",") }
}
