import ArgumentParser
import TransferGraphCore

/// Whether results of models on datasets that they were trained on count.
public struct TrainedOnOption: ParsableArguments {
    @Flag(help: "Leave out the results of models on datasets that they, or their parents, were trained on.")
    public var excludeTrainedOn = false

    public init() {}

    /// The zoo as asked, and what was left out of it in a sentence; `nil` if nothing was asked.
    func applied(to zoo: Zoo) -> (zoo: Zoo, note: String?) {
        guard excludeTrainedOn else { return (zoo, nil) }
        let (rest, count) = zoo.withoutTrainedOn()
        return (rest, TrainedOn.leftOutNote(count, of: zoo.results.count))
    }

    /// Checks that enough results are left to compare with, where the option left some out.
    ///
    /// - Parameters:
    ///   - targets: those that were named; all datasets that are targets by themselves where empty.
    ///   - rest: what the option left of the zoo.
    /// - Throws: `UserError` named `NothingToEvaluate`.
    func check(_ targets: [Int], in rest: Zoo, of zoo: Zoo) throws(UserError) {
        guard excludeTrainedOn else { return }
        for target in targets {
            let (left, all) = (rest.results.column(target).count, zoo.results.column(target).count)
            guard left < 2, left < all else { continue }
            throw UserError(
                "NothingToEvaluate",
                "Of the \(all.grouped) results of the dataset '\(zoo.datasets[target].name)', --exclude-trained-on left out \((all - left).grouped): \(left == 0 ? "none is left" : "one is left, too few to compare with").",
                hint: "Leave the option out, or name another target.")
        }
        if targets.isEmpty, rest.evaluationTargets.isEmpty, !zoo.evaluationTargets.isEmpty {
            throw UserError(
                "NothingToEvaluate",
                "--exclude-trained-on left out \((zoo.results.count - rest.results.count).grouped) of \(zoo.results.count.grouped) results: no dataset has enough left to be a target by itself.",
                hint: "Leave the option out, or name the targets with --target.")
        }
    }
}
