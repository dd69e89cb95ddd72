import TransferGraphCore

extension DatasetMetric {
    /// `accuracy, higher is better`; `lower is better` if no metric is named.
    var phrase: String {
        let direction = higherIsBetter ? "higher is better" : "lower is better"
        return name.map { "\($0.singleLine(limit: 40)), \(direction)" } ?? direction
    }

    /// How the direction is known, in brackets.
    var sourcePhrase: String {
        switch directionSource {
        case .file: "as its files say"
        case .name: "by its name"
        case .option: "as you said"
        case .assumed: "assumed: nothing says so"
        }
    }

    /// The label of axes and columns of results: `result`, or `wer, lower is better`.
    var axis: String {
        name == nil && higherIsBetter
            ? "result" : "\(name ?? "result") (\(higherIsBetter ? "higher" : "lower") is better)"
    }
}
