import ArgumentParser
import CellLanguage
import Foundation
import TransferGraphCore

/// `%compare`
public struct CompareMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Sets an evaluation beside figures from a file, such as a paper's.",
        discussion: """
            mine = %evaluate --method tg:xgb:n2v --method logme
            %compare mine published.csv

            The file is comma-separated, with the columns method and target and any of pearson, spearman, kendall, \
            weighted_kendall, regret_at_1, regret_at_3, regret_at_5.
            """)
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("A variable that an evaluation was assigned to.", valueName: "variable"))
    public var evaluation: String
    @Argument(help: ArgumentHelp("The table of figures to set it beside.", valueName: "file"))
    public var file: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let variables = invocation.state.variables
        guard let value = variables[evaluation] as? EvaluationValue else {
            if let other = variables[evaluation] {
                throw UserError(
                    "UsageError", "'\(evaluation)' is not an evaluation: it is of the kind \(other.kind).",
                    hint: "NAME = %evaluate … assigns an evaluation.")
            }
            let near = NearestNames.nearest(
                to: evaluation, in: variables.filter { $0.value is EvaluationValue }.keys.sorted())
            throw UserError(
                "UnknownVariable", "No evaluation was assigned to '\(evaluation)'.",
                hint: near.isEmpty
                    ? "NAME = %evaluate … assigns one." : "Did you mean \(near.joined(separator: ", "))?")
        }
        let reference = try ReferenceFigures(contentsOf: URL(fileURLWithPath: LocalPath(file).text))
        return try invocation.withProgress("Comparing") { work in
            MagicResult(try ComparisonValue(value, with: reference, work: work))
        }
    }
}
