import ArgumentParser

/// A command of the notebook: one declaration that gives its parsing, help, completion and terminal subcommand.
///
/// A magic is a `ParsableCommand`: its options are properties, and what is declared of them (help, the name of their
/// value, their default) is all that `%help`, Shift-Tab and Tab read. The *name of a value* says what completes it:
/// see ``ValueKind``. Work is done in ``run(in:)``, which reads the session as it was when the line began and gives back
/// what is to change; a magic that throws has therefore changed nothing.
///
/// ```swift
/// public struct EchoMagic: Magic {
///     public static let configuration = CommandConfiguration(commandName: "echo", abstract: "Writes its words.")
///     @Argument public var text: [String] = []
///     public init() {}
///     public func run(in invocation: Invocation) throws -> MagicResult {
///         invocation.context.write(text.joined(separator: " ") + "\n", to: .stdout)
///         return .nothing
///     }
/// }
/// ```
public protocol Magic: ParsableCommand {
    /// Where it may stand: as a line (`%name`), over a cell's body (`%%name`), or both.
    static var places: MagicPlaces { get }

    /// Does the work of one line.
    ///
    /// - Throws: `UserError` for what the user can mend, `Cancelled` when interrupted, `ExecutionError` as the context
    ///   threw it.
    func run(in invocation: Invocation) throws -> MagicResult
}

/// Where a magic may stand.
public struct MagicPlaces: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let line = MagicPlaces(rawValue: 1)
    public static let cell = MagicPlaces(rawValue: 2)
}

extension Magic {
    public static var places: MagicPlaces { .line }

    /// A magic without work of its own, such as `%zoo`, shows its help.
    public func run(in invocation: Invocation) throws -> MagicResult {
        throw CleanExit.helpRequest(self)
    }
}

/// What a magic gives back: a value, and how the session is to change.
public struct MagicResult: Sendable {
    public let value: (any SessionValue)?
    /// Applied to the session's state at once, after the magic has come to its end.
    public let change: (@Sendable (inout SessionState) -> Void)?

    public init(_ value: (any SessionValue)?, change: (@Sendable (inout SessionState) -> Void)? = nil) {
        self.value = value
        self.change = change
    }

    public static let nothing = MagicResult(nil)
}
