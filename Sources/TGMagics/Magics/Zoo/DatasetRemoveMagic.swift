import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// `%dataset remove`
public struct DatasetRemoveMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Takes out a dataset that %dataset add brought, with its results; the zoo is as it was before.",
        discussion: "%dataset remove mine")
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var dataset: String
    @Flag(name: [.short, .long], help: "Without asking, where it has results.")
    public var force = false

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let index = try zoo.dataset(named: dataset)
        let smaller = try zoo.removingDataset(index)
        let name = zoo.datasets[index].name.singleLine(limit: 60)
        let results = zoo.results.column(index).count
        let scores = zoo.scores.reduce(0) { $0 + $1.values.column(index).count }
        if results > 0, !force {
            let answer = try invocation.context.ask(
                "Remove '\(name)' with its \(results) result\(results == 1 ? "" : "s")? [y/N] ", password: false)
            guard ["y", "yes"].contains(answer.trimmed.lowercased()) else {
                invocation.context.write("Nothing was removed.\n", to: .stdout)
                return .nothing
            }
        }
        let lost = [(results, "result"), (scores, "transferability score")].filter { $0.0 > 0 }.map { count, what in
            "\(count) \(what)\(count == 1 ? "" : "s")"
        }
        invocation.context.write(
            "Removed the dataset '\(name)'\(lost.isEmpty ? "" : " with its \(lost.joined(separator: " and "))"): the zoo has \(smaller.datasets.count) datasets and \(smaller.results.count) results.\n",
            to: .stdout)
        return MagicResult(nil) { $0.use(smaller) }
    }
}
