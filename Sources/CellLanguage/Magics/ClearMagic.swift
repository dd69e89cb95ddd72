import ArgumentParser

/// `%clear`
public struct ClearMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Removes the cell's output so far.")
    public static let places: MagicPlaces = .line

    @Flag(help: "Wait until there is new output to put in its place.")
    public var wait = false

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        invocation.context.clearOutput(wait: wait)
        return .nothing
    }
}
