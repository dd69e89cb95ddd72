import ArgumentParser
import CellLanguage
import Sentences
import TransferGraphCore

/// `%zoo load`
public struct ZooLoadMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Loads a zoo and makes it the current one; tells what was repaired or left out.")

    @Argument(help: ArgumentHelp("A built-in zoo, or the directory of one.", valueName: "name-or-path"))
    public var source: String
    @Option(help: "How its files are laid out.")
    public var format: ZooFormat = .auto
    @Option(name: .customLong("as"), help: ArgumentHelp("The name to know it by.", valueName: "name"))
    public var name: String?
    @Option(help: "Which runs count, where the records tell them apart.")
    public var fineTuning: FineTuning = .full

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try load(invocation.state)
        return MagicResult(ZooValue(zoo)) { $0.use(zoo) }
    }

    private func load(_ state: SessionState) throws -> Zoo {
        if let builtIn = try BuiltInZoo.load(source) { return name.map(builtIn.renamed) ?? builtIn }
        do {
            return try Zoo.load(path: source, format: format, name: name, fineTuning: fineTuning)
        } catch {
            guard case .notFound = error, !source.contains("/") else { throw error }
            // A bare word may have been meant as a zoo's name.
            let near = NearestNames.nearest(to: source, in: state.knownZooNames)
            if near.isEmpty { throw error }
            throw UserError(error).hinting("There is a zoo named \(near.joined(separator: ", ")).")
        }
    }
}

extension ZooFormat: ExpressibleByArgument {}
extension FineTuning: ExpressibleByArgument {}
