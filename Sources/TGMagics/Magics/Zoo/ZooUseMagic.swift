import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%zoo use`
public struct ZooUseMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Makes a zoo that was loaded before the current one.")
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("The zoo.", valueName: "zoo"))
    public var name: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let state = invocation.state
        guard let zoo = try state.zoos[name] ?? BuiltInZoo.load(name) else {
            let names = state.knownZooNames
            throw UserError(
                "UnknownZoo", "No zoo is known as '\(name)'.",
                hint: names.isEmpty
                    ? "%zoo load PATH loads one." : NearestNames.hint(for: name, in: names, listing: "%zoo list"))
        }
        // The graph and embedding of the zoo that is already in use stay.
        if state.currentZooName == zoo.name { return MagicResult(ZooValue(zoo)) }
        return MagicResult(ZooValue(zoo)) { $0.use(zoo) }
    }
}
