import ArgumentParser
import CellLanguage
import Sentences
import TransferGraphCore

/// `%zoo load`
public struct ZooLoadMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "load",
        abstract:
            "Loads a zoo and makes it the current one; tells what was chosen, repaired and left out. Several paths make one zoo.",
        discussion: """
            %zoo load words
            %zoo load results.csv --columns model=Name,dataset=Task,score=Top1
            %zoo load errors/ --lower-is-better
            %zoo load cards/ results.csv --as both

            Zoos that come along: words (character networks, to learn with), mteb (embedding models), timm (image classifiers).
            %help zoo has the files and columns.
            """)

    @Argument(
        help: ArgumentHelp(
            "A built-in zoo, the folder of one, or a table; several make one zoo.", valueName: "name-or-path"))
    public var sources: [String]
    @Option(name: .customLong("as"), help: ArgumentHelp("The name to know it by.", valueName: "name"))
    public var name: String?
    @OptionGroup public var options: LoadingOptions

    public init() {}

    public mutating func validate() throws {
        if sources.isEmpty { throw ValidationError("Give a built-in zoo's name or a path.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try load(invocation)
        return MagicResult(ZooValue(zoo, insteadOf: invocation.state.zoos[zoo.name])) { $0.use(zoo) }
    }

    private func load(_ invocation: Invocation) throws -> Zoo {
        let reading = try options.reading()
        if sources.count == 1, reading == ReadingOptions(), let builtIn = try BuiltInZoo.load(sources[0]) {
            return name.map(builtIn.renamed) ?? builtIn
        }
        let paths = try sources.map { try BuiltInZoo.directory(named: $0)?.path ?? $0 }
        do {
            return try invocation.withProgress(
                "Reading \(sources.count == 1 ? sources[0] : "\(sources.count) sources")"
            ) { work in
                try Zoo.load(paths: paths, options: reading, name: name, work: work)
            }
        } catch let error as ZooError {
            guard case .notFound(let path, _, _) = error, !path.contains("/") else { throw error }
            // A bare word may be meant as a zoo's name.
            let near = NearestNames.nearest(to: path, in: invocation.state.knownZooNames)
            if near.isEmpty { throw error }
            throw UserError(error).hinting("There is a zoo named \(near.joined(separator: ", ")).")
        }
    }
}
