import ArgumentParser
import Support

/// `%help [NAME]`
public struct HelpMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "help", abstract: "Explains a command, or lists them all.", discussion: "%help evaluate")

    @Argument(help: ArgumentHelp("The command, with or without its %.", valueName: "topic"))
    public var topic: String?

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let registry = invocation.runner.registry
        let inspector = Inspector(registry: registry, state: invocation.state)
        guard let topic else { return MagicResult(inspector.overview) }
        let name = String(topic.drop { $0 == "%" })
        guard let magic = registry[name], let declaration = registry.declaration(of: name) else {
            // Datasets, models and variables are explained too, as by `NAME?`.
            return MagicResult(DisplayValue(try inspector.help(on: topic, detail: 0), kind: "help"))
        }
        return MagicResult(HelpValue(help: MagicHelp(declaration, places: magic.places)))
    }
}
