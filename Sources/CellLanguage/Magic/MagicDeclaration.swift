import ArgumentParser
import Foundation

/// A magic's declaration, as swift-argument-parser describes a command to other programs.
public struct MagicDeclaration: Sendable, Decodable {
    public let commandName: String
    public let abstract: String?
    public let discussion: String?
    public let defaultSubcommand: String?
    public let subcommands: [MagicDeclaration]?
    public let arguments: [Parameter]?

    /// An option, flag or argument.
    public struct Parameter: Sendable, Decodable {
        public enum Kind: String, Sendable, Decodable {
            case positional
            case option
            case flag
        }
        public struct Name: Sendable, Decodable {
            public let kind: String
            public let name: String
            /// As it is typed: `--seed`, `-f`.
            public var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }
        public let kind: Kind
        public let shouldDisplay: Bool
        public let isOptional: Bool
        public let isRepeating: Bool
        public let names: [Name]?
        public let valueName: String?
        public let defaultValue: String?
        public let allValues: [String]?
        public let abstract: String?
        public let parsingStrategy: String?

        public var spellings: [String] { names?.map(\.spelling) ?? [] }
        public var valueKind: ValueKind? { valueName.map(ValueKind.init) }
    }

    private struct Envelope: Decodable {
        let command: MagicDeclaration
    }

    /// Reads the declaration of `magic`.
    public init(of magic: any Magic.Type) throws {
        self = try JSONDecoder().decode(Envelope.self, from: Data(magic._dumpHelp().utf8)).command
    }

    /// The options, flags and arguments a user sees; the built-in `--help` is not among them.
    public var parameters: [Parameter] {
        (arguments ?? []).filter { $0.shouldDisplay && !$0.spellings.contains("--help") }
    }

    public var options: [Parameter] { parameters.filter { $0.kind != .positional } }
    public var positionals: [Parameter] { parameters.filter { $0.kind == .positional } }

    /// The subcommands without the built-in `help`.
    public var visibleSubcommands: [MagicDeclaration] { (subcommands ?? []).filter { $0.commandName != "help" } }

    public func subcommand(named name: String) -> MagicDeclaration? {
        visibleSubcommands.first { $0.commandName == name }
    }

    /// The option spelt `spelling`.
    public func option(spelt spelling: String) -> Parameter? {
        options.first { $0.spellings.contains(spelling) }
    }
}
