import ArgumentParser

/// `%history`
public struct HistoryMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Writes the inputs of this session.")
    public static let places: MagicPlaces = .line

    @Option(
        name: [.customShort("l"), .customLong("last")], help: ArgumentHelp("Only the last so many.", valueName: "count")
    )
    public var last: Int?
    @Option(
        name: [.customShort("g"), .customLong("grep")],
        help: ArgumentHelp("Only inputs that hold this text.", valueName: "text"))
    public var grep: String?
    @Flag(name: [.customShort("n"), .customLong("numbers")], help: "With the cells' numbers.")
    public var numbers = false

    public init() {}

    public mutating func validate() throws {
        if let last, last < 0 { throw ValidationError("--last takes a count of 0 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        var inputs = invocation.context.inputHistory
        if let grep { inputs = inputs.filter { $0.source.contains(grep) } }
        if let last { inputs = inputs.suffix(last) }
        let lines = inputs.map { numbers ? "\($0.line): \($0.source)" : $0.source }
        if !lines.isEmpty { invocation.context.write(lines.joined(separator: "\n") + "\n", to: .stdout) }
        return .nothing
    }
}
