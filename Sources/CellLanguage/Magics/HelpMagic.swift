import ArgumentParser
import Support

/// `%help [NAME …]`
public struct HelpMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "help", abstract: "Explains a command, or lists them all.",
        discussion: """
            %help time
            A subcommand is explained behind its command's name. What else has a name (a variable, say) is explained too.
            """)
    public static let places: MagicPlaces = .line

    @Argument(help: ArgumentHelp("The command, with or without its %, and its subcommand.", valueName: "topic"))
    public var topic: [String] = []

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let registry = invocation.runner.registry
        let inspector = Inspector(registry: registry, state: invocation.state)
        guard let first = topic.first else { return MagicResult(inspector.overview) }
        if let help = registry.help(at: [String(first.drop { $0 == "%" })] + topic.dropFirst()) {
            return MagicResult(HelpValue(help: help))
        }
        let display = try inspector.help(on: topic.joined(separator: " "), detail: 0)
        return MagicResult(DisplayValue(display, kind: "help"))
    }
}
