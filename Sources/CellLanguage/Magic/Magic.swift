import ArgumentParser

/// A command of the notebook: one declaration that gives its parsing, help, completion and terminal subcommand.
///
/// A magic is a `ParsableCommand`: its options are properties, and what is declared of them (help, the name of their
/// value, their default) is all that `%help`, Shift-Tab and Tab read. The *name of a value* determines its completion:
/// see ``ValueKind``. Work is done in ``run(in:)``, which reads the session as it was when the line began and returns
/// what is to change; a magic that throws has therefore changed nothing.
///
/// ```swift
/// import ArgumentParser
/// import CellLanguage
///
/// public struct CountMagic: Magic {
///     public static let configuration = CommandConfiguration(
///         commandName: "count", abstract: "Counts the words of a text.", discussion: "%count 'to be or not to be'")
///
///     @Argument(help: ArgumentHelp("The text.", valueName: "text"))
///     public var text: String
///     @Flag(help: "Count each word once.")
///     public var distinct = false
///
///     public init() {}
///
///     public func run(in invocation: Invocation) throws -> MagicResult {
///         let words = text.split(separator: " ")
///         guard !words.isEmpty else { throw UserError("NoWords", "The text holds no word.", hint: "Write some.") }
///         let rows = [[Table.Cell.integer(words.count), .integer(Set(words).count)]]
///         return MagicResult(Table(columns: [.number("words"), .number("distinct words")], rows: rows))
///     }
/// }
/// ```
public protocol Magic: ParsableCommand {
    /// Where it may stand: as a line (`%name`), above a cell's body (`%%name`), in a terminal.
    static var places: MagicPlaces { get }

    /// Whether what follows its name is a statement of this language, passed as ``Invocation/statement`` (`%time x =
    /// %count …`), and what stands below it a cell of this language.
    static var takesStatement: Bool { get }

    /// Whether it returns a value, so that a terminal may ask for a format.
    static var givesValue: Bool { get }

    /// The options, as they are spelt, whose value is a query: a `$name` in it stays as it is written, and the magic binds it
    /// to the variable's value. An option that is given one `$name` alone takes the variable's text, as any other does.
    static var bindingOptions: [String] { get }

    /// Does the work of one line.
    ///
    /// - Throws: `UserError` for what the user can correct, `Cancelled` if interrupted, `ExecutionError` as the context
    ///   threw it.
    func run(in invocation: Invocation) throws -> MagicResult
}

/// Where a magic may stand.
public struct MagicPlaces: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let line = MagicPlaces(rawValue: 1)
    public static let cell = MagicPlaces(rawValue: 2)
    /// As a subcommand of the program; not for magics that make sense only within a session.
    public static let terminal = MagicPlaces(rawValue: 4)
}

extension Magic {
    public static var places: MagicPlaces { [.line, .terminal] }
    public static var takesStatement: Bool { false }
    public static var givesValue: Bool { true }
    public static var bindingOptions: [String] { [] }

    /// A magic without work of its own, such as one that only has subcommands, shows its help.
    public func run(in invocation: Invocation) throws -> MagicResult {
        throw CleanExit.helpRequest(self)
    }
}
