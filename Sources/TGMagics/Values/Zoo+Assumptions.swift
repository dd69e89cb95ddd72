import Presentation
import TransferGraphCore

extension Zoo {
    /// What is only assumed of the results behind a dataset's prediction: that higher is better; `nil` if something
    /// states it of all of them.
    func assumption(for target: Int) -> String? {
        let assumed = datasets.indices.filter {
            datasets[$0].metric.directionSource == .assumed && !results.column($0).isEmpty
        }
        guard !assumed.isEmpty else { return nil }
        let others = assumed.count { $0 != target }
        let own = others < assumed.count ? [datasets[target].name.singleLine(limit: 40)] : []
        let further =
            others == 0 ? [] : ["\(others) \(own.isEmpty ? "" : "other ")\(others == 1 ? "dataset" : "datasets")"]
        return "That higher is better on \((own + further).joined(separator: " and ")) is assumed: nothing says so."
            + " If it is not: %zoo load … --lower-is-better, or a column metric; for results of your own, --metric with one of them."
    }
}
