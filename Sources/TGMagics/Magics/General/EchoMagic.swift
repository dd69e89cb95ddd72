import ArgumentParser

/// `%echo [--stderr] TEXT`
public struct EchoMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "echo", abstract: "Writes its words, with variables replaced.",
        discussion: "%echo the target is $target")

    @Flag(help: "To the error stream, which notebooks show apart.")
    public var stderr = false
    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What to write.", valueName: "text"))
    public var text: [String] = []

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        invocation.context.write(text.joined(separator: " ") + "\n", to: stderr ? .stderr : .stdout)
        return .nothing
    }
}
