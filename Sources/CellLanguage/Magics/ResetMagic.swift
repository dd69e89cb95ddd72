import ArgumentParser
import Support

/// `%reset [-f]`
public struct ResetMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Forgets the variables and all else that the session holds.")
    public static let places: MagicPlaces = .line

    @Flag(name: [.short, .long], help: "Without asking.")
    public var force = false

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        if !force {
            let answer = try invocation.context.ask(
                "Forget the variables and all else that the session holds? [y/N] ", password: false)
            guard ["y", "yes"].contains(answer.trimmed.lowercased()) else {
                invocation.context.write("Nothing was forgotten.\n", to: .stdout)
                return .nothing
            }
        }
        return MagicResult(nil) { $0 = SessionState() }
    }
}
