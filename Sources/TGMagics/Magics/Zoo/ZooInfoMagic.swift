import ArgumentParser
import CellLanguage

/// `%zoo info`
public struct ZooInfoMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Tells what the current zoo holds.")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        MagicResult(ZooValue(try invocation.state.requireZoo()))
    }
}
