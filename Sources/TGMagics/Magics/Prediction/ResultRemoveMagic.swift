import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%result remove`
public struct ResultRemoveMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Takes out a result that %result add brought; the zoo is as it was before.",
        discussion: "%result remove mine google/vit-base")
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var dataset: String
    @Argument(help: ArgumentHelp("The model.", valueName: "model"))
    public var model: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let index = try zoo.dataset(named: dataset)
        let smaller = try zoo.removingResult(of: zoo.model(named: model), on: index)
        return MagicResult(OwnResults.table(smaller, on: index, added: [])) { $0.use(smaller) }
    }
}
