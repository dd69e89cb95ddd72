import Support
import TransferGraphCore

extension UserError {
    public init(_ error: EvaluationError) {
        switch error {
        case .noTargets(let zoo):
            self.init(
                "NothingToEvaluate",
                "The zoo '\(zoo)' has no dataset with transferability scores and none with five results.",
                hint: "Name the targets with --target; %datasets lists the datasets and how many results each has.")
        case .tooFewResults(let dataset, let count):
            self.init(
                "NothingToEvaluate",
                "The dataset '\(dataset)' has \(count) \(count == 1 ? "result" : "results"): too few to compare with.",
                hint: "A correlation needs two results at least; %datasets lists how many each dataset has.")
        }
    }

    public init(_ error: ReferenceError) {
        switch error {
        case .table(let error): self.init(error)
        case .predictions(let file):
            self.init(
                "FormatError", "\(file) holds predictions, one line per model, and no measures of a method.",
                place: .init(file: file, line: 1),
                hint: "Name a table with a line for each method and target, and a column such as pearson.")
        case .beyondRange(let value, let column, let range, let file, let line):
            let beyond =
                range.upperBound == .infinity
                ? "below \(WrittenNumber.shortest(range.lowerBound))"
                : "not from \(WrittenNumber.shortest(range.lowerBound)) to \(WrittenNumber.shortest(range.upperBound))"
            self.init(
                "FormatError",
                "\(file), line \(line): the column '\(column)' holds \(WrittenNumber.shortest(value)), which is \(beyond).",
                place: .init(file: file, line: line),
                hint: "Correct the field, or leave it empty where it is unknown.")
        case .noMeasure(let file):
            self.init(
                "FormatError", "\(file) has no column with a measure.", place: .init(file: file, line: 1),
                hint: "Name a column pearson, spearman, kendall, weighted_kendall, or regret_at_5.")
        }
    }
}
