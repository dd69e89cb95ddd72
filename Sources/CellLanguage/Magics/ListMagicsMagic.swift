import ArgumentParser

/// `%lsmagic`
public struct ListMagicsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "lsmagic", abstract: "Lists the commands.")
    public static let places: MagicPlaces = .line

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        MagicResult(Inspector(registry: invocation.runner.registry, state: invocation.state).overview)
    }
}
