import ArgumentParser
import CellLanguage
import Foundation
import TransferGraphCore

/// `%compare`
public struct CompareMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Sets an evaluation beside another one, or beside figures from a file, such as a paper's.",
        discussion: """
            mine = %evaluate --method tg:xgb:n2v --method logme
            %compare mine published.csv
            half = %evaluate --method tg:xgb:n2v --method logme --history-ratio 0.5
            %compare half mine

            The methods that both have are compared on the targets that both have. A file is comma-separated, with the columns method and target and any of pearson, spearman, kendall, \
            weighted_kendall, regret_at_1, regret_at_3, regret_at_5.
            """)
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("A variable that an evaluation was assigned to.", valueName: "variable"))
    public var evaluation: String
    @Argument(
        help: ArgumentHelp("What to set it beside: a variable of another evaluation, or a file.", valueName: "file"))
    public var reference: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let here = try value(in: invocation.state.variables)
        let there: ReferenceFigures
        var other: EvaluationValue?
        switch invocation.state.variables[reference] {
        case let value as EvaluationValue:
            there = ReferenceFigures(value.statistics, name: reference)
            other = value
        case let value? where !FileManager.default.fileExists(atPath: LocalPath(reference).text):
            throw notAnEvaluation(reference, value)
        default: there = try ReferenceFigures(contentsOf: URL(fileURLWithPath: LocalPath(reference).text))
        }
        return try invocation.withProgress("Comparing") { work in
            MagicResult(try ComparisonValue(here, with: there, of: other, work: work))
        }
    }

    private func value(in variables: [String: any SessionValue]) throws(UserError) -> EvaluationValue {
        if let value = variables[evaluation] as? EvaluationValue { return value }
        if let other = variables[evaluation] { throw notAnEvaluation(evaluation, other) }
        let near = NearestNames.nearest(
            to: evaluation, in: variables.filter { $0.value is EvaluationValue }.keys.sorted())
        throw UserError(
            "UnknownVariable", "No evaluation was assigned to '\(evaluation)'.",
            hint: near.isEmpty ? "NAME = %evaluate … assigns one." : "Did you mean \(near.joined(separator: ", "))?")
    }

    private func notAnEvaluation(_ name: String, _ value: any SessionValue) -> UserError {
        UserError(
            "UsageError", "'\(name)' is not an evaluation: it is of the kind \(value.kind).",
            hint: "NAME = %evaluate … assigns an evaluation.")
    }
}
