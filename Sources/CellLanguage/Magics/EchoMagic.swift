import ArgumentParser
import Presentation

/// `%echo [--stderr] TEXT`
public struct EchoMagic: VerbatimMagic, Sendable {
    public static let configuration = CommandConfiguration(
        commandName: "echo", abstract: "Writes its words, with variables replaced.",
        discussion: "%echo the target is $target")

    @Flag(help: "To the error stream, which notebooks show apart.")
    public var stderr = false
    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What to write.", valueName: "text"))
    public var words: [String] = []

    public static let wordless = Result { try parse([]) }

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        // A variable may hold a name of a zoo, and a name may hold what a terminal would act on.
        let text = words.joined(separator: " ").visibleControls
        invocation.context.write(text + "\n", to: stderr ? .stderr : .stdout)
        return .nothing
    }
}
