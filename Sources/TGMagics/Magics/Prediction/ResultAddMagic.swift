import ArgumentParser
import CellLanguage
import Presentation
import Sentences
import TransferGraphCore

/// `%result add`
public struct ResultAddMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Puts the result of a model that you fine-tuned into the current zoo; %zoo save keeps it.",
        discussion: """
            %result add mine google/vit-base 0.93 --metric accuracy --hours 1.5
            %result add mine --from results.csv

            The file is read as %zoo load reads a table of results: it has the columns model and result, or the metric's name, and \
            may have dataset, metric and hours. The first result on a dataset decides what its results are: a value up to 1 of a \
            metric such as accuracy is a fraction, a greater one, or one with a percent sign, a percentage.
            """)
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var dataset: String
    @Argument(help: ArgumentHelp("The model.", valueName: "model"))
    public var model: String?
    @Argument(help: ArgumentHelp("What it reached, in the dataset's own units.", valueName: "value"))
    public var value: [String] = []
    @Option(help: ArgumentHelp("What the value is, such as accuracy or wer.", valueName: "metric"))
    public var metric: String?
    @Option(help: ArgumentHelp("How long the fine-tuning took, in hours.", valueName: "number"))
    public var hours: Double?
    @Option(help: ArgumentHelp("A table of results instead of one.", valueName: "file"))
    public var from: String?

    public init() {}

    public mutating func validate() throws {
        if let metric, metric.trimmed.isEmpty { throw ValidationError("--metric takes a name, such as accuracy.") }
        if from != nil {
            if model != nil { throw ValidationError("Give a model and its value, or --from with a file of them.") }
            if hours != nil { throw ValidationError("With --from, hours are a column of the file.") }
        } else if model == nil || value.isEmpty {
            throw ValidationError("Give a model and what it reached: %result add DATASET MODEL VALUE.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let index = try zoo.dataset(named: dataset)
        let file = try from.map {
            try ResultFile(contentsOf: $0, metric: metric, on: index, in: zoo, of: invocation)
        }
        let rows = try file?.rows ?? [ownRow()]
        var wider = zoo
        let own = zoo.ownResults
        var added: [OwnResult] = []
        var replaced: [(model: Int, value: Double)] = []
        var lines: [Int: Int] = [:]
        for row in rows {
            do {
                let model = try wider.model(named: row.model)
                if let from, let line = row.line, let earlier = lines.updateValue(line, forKey: model) {
                    throw UserError(
                        "ResultError",
                        "The file names \(row.model) twice, in lines \(earlier) and \(line): a model has one result on a dataset.",
                        place: .init(file: from, line: line), hint: "Keep one of the two.")
                }
                let result = OwnResult(
                    model: model, dataset: index, value: row.value, isPercent: row.isPercent, hours: row.hours)
                // A cell that runs again replaces its result, with another value or the same.
                if !added.contains(where: { $0.model == result.model }),
                    let earlier = own.first(where: { $0.model == result.model && $0.dataset == index })
                {
                    wider = try wider.removingResult(of: result.model, on: index)
                    replaced.append((earlier.model, earlier.value))
                }
                wider = try wider.adding(result, metric: row.metric ?? metric)
                try check(row, against: wider.datasets[index])
                added.append(result)
            } catch {
                guard let from, let mistake = UserError(explaining: error) else { throw error }
                throw UserError(
                    mistake.name, mistake.message, place: .init(file: from, line: row.line),
                    hint: (mistake.hint.map { $0 + " " } ?? "") + "No result was added.")
            }
        }
        let changed = wider
        let changes = replaced.filter { change in
            changed.result(change.model, on: index).map { $0 != change.value } ?? true
        }
        var table = OwnResults.table(changed, on: index, added: added, replaced: changes)
        table.notes += file?.notes ?? []
        return MagicResult(table) { $0.use(changed) }
    }

    /// Refuses a row that says something else of the dataset's results than they were added as.
    private func check(_ row: ResultFile.Row, against dataset: Dataset) throws {
        if let metric, let own = row.metric, MetricKnowledge.canonical(metric) != MetricKnowledge.canonical(own) {
            throw OwnResultError.otherMetric(metric, known: own, dataset: dataset.name)
        }
        if let higher = row.higherIsBetter, higher != dataset.metric.higherIsBetter {
            let (said, taken) = higher ? ("higher", "lower") : ("lower", "higher")
            throw UserError(
                "ResultError",
                "The file says that \(said) is better, and on '\(dataset.name)' \(taken) is (\(dataset.metric.sourcePhrase)).",
                hint: "--metric says what the results are.")
        }
    }

    private func ownRow() throws(UserError) -> ResultFile.Row {
        let value = value.joined(separator: " ")
        guard let model, let number = WrittenNumber(value) else {
            throw UserError(
                "ResultError", "'\(value)' is not a number.", hint: "Write it as 0.93, or 93 % as 93 or '93%'.")
        }
        return ResultFile.Row(
            model: model, value: number.value, isPercent: number.isPercent, hours: hours, line: nil)
    }
}
