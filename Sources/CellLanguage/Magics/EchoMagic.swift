import ArgumentParser
import Presentation

/// `%echo [--stderr] TEXT`
public struct EchoMagic: VerbatimMagic {
    public static let configuration = CommandConfiguration(
        commandName: "echo", abstract: "Writes its words, with variables replaced.",
        discussion: "%echo the answer is $answer")
    public static let places: MagicPlaces = .line

    @Flag(help: "To the error stream, which notebooks show apart.")
    public var stderr = false
    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What to write.", valueName: "text"))
    public var words: [String] = []

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        // A variable may hold a name from a file, and a name may hold terminal control characters.
        let text = words.joined(separator: " ").visibleControls
        invocation.context.write(text + "\n", to: stderr ? .stderr : .stdout)
        return .nothing
    }
}
