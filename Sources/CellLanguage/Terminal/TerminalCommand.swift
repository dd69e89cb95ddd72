import ArgumentParser
import Foundation
import Presentation
import Support

/// Options that every terminal command takes besides the magic's own: how its session is prepared.
///
/// ```swift
/// struct Place: TerminalSession {
///     static let registry = MagicRegistry([CountMagic.self])
///     @Option var dictionary: String?
///     func preparation() throws -> [any Magic] { [] }
/// }
/// ```
public protocol TerminalSession: ParsableArguments {
    /// The magics that are commands.
    static var registry: MagicRegistry { get }
    /// What runs before the command, in the same session.
    func preparation() throws -> [any Magic]
}

extension TerminalSession {
    /// A command for each magic available in a terminal, its subcommands included, in the order of their names.
    public static var commands: [any ParsableCommand.Type] {
        registry.magics.filter { $0.places.contains(.terminal) }
            .sorted { $0._commandName < $1._commandName }.map { command(for: $0) }
    }

    fileprivate static func command(for magic: any Magic.Type) -> any ParsableCommand.Type {
        func opened<M: Magic>(_: M.Type) -> any ParsableCommand.Type {
            if !M.configuration.subcommands.isEmpty { return TerminalGroup<M, Self>.self }
            return switch (M.places.contains(.line), M.givesValue) {
            case (true, true): TerminalCommand<M, Self, NoBody, FormatOption>.self
            case (true, false): TerminalCommand<M, Self, NoBody, NoFormat>.self
            case (false, true): TerminalCommand<M, Self, BodyArgument, FormatOption>.self
            case (false, false): TerminalCommand<M, Self, BodyArgument, NoFormat>.self
            }
        }
        return opened(magic)
    }
}

/// A magic as a subcommand of the program.
struct TerminalCommand<
    Command: Magic, Session: TerminalSession, Body: TerminalBody, Output: TerminalOutput
>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let own = Command.configuration
        return CommandConfiguration(
            commandName: Command._commandName, abstract: own.abstract,
            discussion: own.discussion.isEmpty ? "" : "In a notebook:\n\n\(own.discussion)")
    }

    @OptionGroup var magic: Command
    @OptionGroup var body: Body
    @OptionGroup var session: Session
    @OptionGroup var output: Output

    init() {}

    func run() throws {
        var command = magic
        // A table for programs is complete, unless a number of rows was asked for.
        if [.csv, .json].contains(output.format), var listing = command as? any ListingMagic {
            listing.listAll()
            command = listing as? Command ?? command
        }
        // A file's lines may have any length; a screen's may not.
        ConsoleWidth.current = TerminalContext.columns(of: STDOUT_FILENO)
        try TerminalRunner(registry: Session.registry, format: output.format)
            .run(command, body: body.text, after: session.preparation)
    }
}

/// A magic with subcommands as a subcommand of the program, with subcommands of its own.
struct TerminalGroup<Command: Magic, Session: TerminalSession>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let own = Command.configuration
        let magics = own.subcommands.compactMap { $0 as? any Magic.Type }.filter { $0.places.contains(.terminal) }
        let standard = own.defaultSubcommand.flatMap { standard in
            magics.first { ObjectIdentifier($0) == ObjectIdentifier(standard) }
        }
        return CommandConfiguration(
            commandName: Command._commandName, abstract: own.abstract,
            subcommands: magics.map { Session.command(for: $0) },
            defaultSubcommand: standard.map { Session.command(for: $0) })
    }
}
