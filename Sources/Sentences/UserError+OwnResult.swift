import Support
import TransferGraphCore

extension UserError {
    public init(_ error: OwnResultError) {
        switch error {
        case .notANumber(let value):
            self.init(
                "ResultError", "\(value) is not a result.", hint: "A result is a finite number; hours are 0 or more.")
        case .outOfRange(let value, let range, let metric, let dataset):
            let what = metric.name.map { "\($0) " } ?? ""
            let scale =
                switch metric.scale {
                case .fraction: "fractions of 1: 87.5 % is written 0.875"
                case .percent: "percents: 0.875 is written 87.5"
                case .asWritten: "as written"
                }
            self.init(
                "ResultError",
                "\(value) is outside the range of \(what)on '\(dataset)': \(range.lowerBound) to \(range.upperBound).",
                hint: "Results on '\(dataset)' are \(scale).")
        case .smallPercent(let value, let dataset):
            self.init(
                "ResultError", "Results on '\(dataset)' are in percent, and \(value) would be less than 1 %.",
                hint: "Write \(WrittenNumber.shortest(value * 100)) if it is a fraction, or '\(value)%' if it is not.")
        case .strayPercent(let value, let dataset):
            self.init(
                "ResultError",
                "Results on '\(dataset)' are as written: nothing says what \(WrittenNumber.shortest(value)) % is among them.",
                hint: "Write it as the others are written, or say with --metric what they are.")
        case .alreadyThere(let model, let dataset, let value, let isOwn):
            self.init(
                "ResultKnown", "'\(model)' has a result on '\(dataset)' already: \(value).",
                hint: isOwn
                    ? "%result remove takes it out; then give it again."
                    : "It came with the zoo, and a pair has one result.")
        case .otherMetric(let given, let known, let dataset):
            self.init(
                "ResultError", "The results on '\(dataset)' are \(known), not \(given).",
                hint:
                    "One dataset has one metric: give the \(known), or add the dataset a second time under another name."
            )
        case .otherDirection(let given, let higherIsBetter, let dataset):
            let (known, other) = higherIsBetter ? ("higher", "lower") : ("lower", "higher")
            self.init(
                "ResultError",
                "Of the zoo's results on '\(dataset)' \(known) is taken to be better, since nothing says what they are; of \(given) \(other) is.",
                hint: "Load the zoo with a column metric, or with --lower-is-better, and add the result then.")
        case .notThere(let model, let dataset):
            self.init(
                "UnknownResult", "'\(model)' has no result on '\(dataset)'.", hint: "%result list shows your own.")
        case .notOwn(let model, let dataset, let value):
            self.init(
                "ResultError", "The result \(value) of '\(model)' on '\(dataset)' came with the zoo.",
                hint: "%result remove takes out what %result add brought; %result list shows it.")
        }
    }
}
