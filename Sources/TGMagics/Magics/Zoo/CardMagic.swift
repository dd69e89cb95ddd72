import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%card`
public struct CardMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "card",
        abstract:
            "Shows a model: what is said of it, its parents, its results, the nearest models, and where each stands.",
        discussion: "%card org/model --rows 50")

    @Argument(help: ArgumentHelp("The model.", valueName: "model"))
    public var model: String
    @Option(help: ArgumentHelp("How many rows of each table at most.", valueName: "count"))
    public var rows: Int = 20

    public init() {}

    public mutating func validate() throws {
        guard rows > 0 else { throw ValidationError("--rows takes a number above 0.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        return MagicResult(CardValue(try ModelRecord(of: model, in: zoo), zoo, rows: rows))
    }
}
