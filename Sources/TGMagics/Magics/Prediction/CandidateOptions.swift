import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// Which models may be fine-tuned. The others still serve as evidence.
public struct CandidateOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only models for which this holds, in SQL: \"parameters < 100e6 and license = 'apache-2.0'\". $x is the value of a variable.",
            valueName: "condition"))
    public var condition: String?
    @Option(help: ArgumentHelp("A model that cannot be had; may be given several times.", valueName: "model"))
    public var exclude: [String] = []
    @Option(
        help: ArgumentHelp(
            "What all runs together may cost; the set is chosen that raises the best result most.", valueName: "number")
    )
    public var budget: Double?
    @Option(
        help: ArgumentHelp(
            "The column of the models that a run's cost is, such as parameters; %models --columns shows them.",
            valueName: "column"))
    public var cost: String?

    public init() {}

    public mutating func validate() throws {
        if let budget, !(budget.isFinite && budget > 0) { throw ValidationError("--budget takes a number above 0.") }
        if budget != nil, cost == nil {
            throw ValidationError("--budget needs --cost with the column of the models that a run's cost is.")
        }
        if cost != nil, budget == nil { throw ValidationError("--cost needs --budget with what all runs may cost.") }
    }

    /// The constraints in words, one each.
    func inWords(_ variables: [String: any SessionValue]) throws(UserError) -> [String] {
        var words: [String] = []
        if let condition { words.append("only models for which \(try SQLCondition(condition, variables).phrase)") }
        if !exclude.isEmpty { words.append("not \(exclude.joined(separator: ", "))") }
        if let budget, let cost {
            words.append("runs that together cost at most \(NumberFormat.figures.text(budget)) \(cost)")
        }
        return words
    }

    /// The options as words of a line.
    var words: [String] {
        var words = condition.map { ["--where", $0] } ?? []
        for model in exclude { words += ["--exclude", model] }
        if let budget, let cost { words += ["--budget", "\(budget)", "--cost", cost] }
        return words
    }

    /// - Parameter target: a dataset whose results are held out: the condition does not see them.
    /// - Throws: `UserError`; ``UnknownName``; ``Cancelled``.
    func candidates(
        in zoo: Zoo, holdingOut target: Int?, of invocation: Invocation
    ) throws -> Candidates {
        let zoo = condition == nil ? zoo : try target.map { try hiding($0, in: zoo) } ?? zoo
        let table = ZooTable.models(zoo)
        var candidates = Candidates(count: zoo.models.count)
        var excluded: Set<Int> = []
        for name in exclude { excluded.insert(try zoo.model(named: name)) }
        candidates.leaveOut("by --exclude") { excluded.contains($0) }
        if let condition {
            let condition = try SQLCondition(condition, invocation.state.variables)
            let holding = Set(
                try ColumnOptions.rows(where: condition, of: table, in: zoo, context: invocation.context))
            candidates.leaveOut("by --where") { !holding.contains($0) }
            candidates.spelling = ConditionSpelling.note(condition, on: table)
        }
        candidates.meetsConstraints = candidates.isAllowed
        guard let budget, let cost else { return candidates }
        let (name, costs) = try Self.costs(cost, of: table, models: zoo.models.count)
        candidates.leaveOut("of unknown \(name)") { costs[$0].isNaN }
        let cheapest = costs.indices.filter { candidates.isAllowed[$0] }.min { costs[$0] < costs[$1] }
        candidates.leaveOut("beyond the budget alone") { costs[$0] > budget }
        candidates.costs = costs
        candidates.costName = name
        candidates.budget = budget
        if candidates.count == 0, let cheapest {
            candidates.cheapest =
                "\(zoo.models[cheapest].name) costs least: \(NumberFormat.figures.text(costs[cheapest])) \(name)."
        }
        return candidates
    }

    private func hiding(_ target: Int, in zoo: Zoo) throws(UserError) -> Zoo {
        if condition?.lowercased().contains("measurements") == true {
            throw UserError(
                "HeldOut",
                "The results on '\(zoo.datasets[target].name)' are held out, and --where asks of measurements, which has them.",
                hint: "Ask of records instead: the held-out results are not in it.")
        }
        return zoo.forgettingResults(on: target)
    }

    /// The cost of a run of each model from a column of the models, NaN if unknown, and the column's own name.
    ///
    /// - Throws: `UserError`.
    static func costs(
        _ cost: String, of table: ZooTable, models count: Int
    ) throws(UserError) -> (name: String, costs: [Double]) {
        guard let column = table.column(cost) else {
            throw UserError(
                "UnknownColumn", "The zoo's models have no column '\(cost)'.",
                hint: NearestNames.hint(
                    for: cost, in: table.columns.map(\.name), listing: "%%sql with pragma table_info(models)"))
        }
        let costs = (0..<count).map { model -> Double in
            switch column.cell(model) {
            case .number(let value), .interval(let value, _, _): value.isFinite && value >= 0 ? value : .nan
            case .integer(let value): value >= 0 ? Double(value) : .nan
            default: .nan
            }
        }
        guard costs.contains(where: { !$0.isNaN }) else {
            throw UserError(
                "ColumnError", "The column '\(column.name)' holds no cost: no model has a number of 0 or more there.",
                hint: "Columns of numbers: \(numericColumns(of: table, models: count)).")
        }
        return (column.name, costs)
    }

    private static func numericColumns(of table: ZooTable, models: Int) -> String {
        let names = table.columns.filter { column in
            column.format != nil && (0..<models).contains { column.cell($0) != .missing }
        }.map(\.name)
        return names.isEmpty ? "none" : names.prefix(12).joined(separator: ", ")
    }
}

/// The models that may be fine-tuned, and how many others were left out for which reason.
struct Candidates {
    private(set) var isAllowed: [Bool]
    /// Which models --where and --exclude admit, tried or not: another model's result is not the best so far.
    var meetsConstraints: [Bool]
    /// Each model counts under the first reason that applies.
    private(set) var reasons: [(reason: String, count: Int)] = []
    /// The cost of each model, NaN if unknown; `nil` without a budget.
    var costs: [Double]?
    var costName = ""
    var budget = 0.0
    /// What --where may have missed, in a sentence.
    var spelling: String?
    /// If the budget allows no model, which would cost least, in a sentence.
    var cheapest: String?

    init(count: Int) {
        isAllowed = [Bool](repeating: true, count: count)
        meetsConstraints = isAllowed
    }

    /// The reason of a model that has a result on the dataset.
    static let tried = "tried already"

    var count: Int { isAllowed.count { $0 } }

    mutating func leaveOut(_ reason: String, _ isLeftOut: (Int) -> Bool) {
        var count = 0
        for model in isAllowed.indices where isAllowed[model] && isLeftOut(model) {
            isAllowed[model] = false
            count += 1
        }
        if count > 0 { reasons.append((reason, count)) }
    }

    /// Which models were left out, in a sentence; `nil` if none was.
    var note: String? {
        guard !reasons.isEmpty else { return nil }
        let total = reasons.reduce(0) { $0 + $1.count }
        let models = NumberFormat.count.text(Double(isAllowed.count))
        if reasons.allSatisfy({ $0.reason == Self.tried }) {
            return "Already tried, so not proposed: \(NumberFormat.count.text(Double(total))) of \(models) models."
                + (spelling.map { " " + $0 } ?? "")
        }
        let listed = reasons.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
        return
            "Left out of the choice: \(NumberFormat.count.text(Double(total))) of \(models) models (\(listed)). They serve as evidence all the same."
            + (spelling.map { " " + $0 } ?? "")
    }

    var json: JSON {
        .array(reasons.map { ["reason": .string($0.reason), "count": .integer($0.count)] })
    }

    /// - Throws: `UserError` named `NoCandidates` if nothing is left.
    func check(target: String) throws(UserError) {
        guard count == 0 else { return }
        // Reasons that a person can relax.
        let worst = reasons.filter { $0.reason.hasPrefix("by ") }.max { $0.count < $1.count }
        throw UserError(
            "NoCandidates",
            "No model is left to fine-tune for '\(target)': \(reasons.map { "\($0.count) left out \($0.reason)" }.joined(separator: ", ")).",
            hint: cheapest ?? spelling ?? worst.map { "Most went \($0.reason): loosen that first." })
    }
}
