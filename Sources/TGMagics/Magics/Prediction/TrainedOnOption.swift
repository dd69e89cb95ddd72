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
}
