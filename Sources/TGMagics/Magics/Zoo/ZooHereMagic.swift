import ArgumentParser
import CellLanguage
import Foundation
import TransferGraphCore

/// `%%zoo NAME` with a table in the cell; `%zoo` alone shows what the current zoo holds.
public struct ZooHereMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "here", abstract: "Makes a small zoo from the table in the cell.",
        discussion: """
            %%zoo tiny
            model,dataset,score
            vit,pets,0.93
            resnet,pets,0.88
            """, shouldDisplay: false)

    @Argument(help: ArgumentHelp("The name to know it by.", valueName: "name"))
    public var name: String?
    @OptionGroup public var options: LoadingOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        guard let body = invocation.body else {
            if let name {
                throw UserError(
                    "UsageError", "'\(name)' is not a command of %zoo.",
                    hint: "%zoo load, save, list, use, info, describe; %%zoo \(name) with a table below makes a zoo.")
            }
            return MagicResult(ZooValue(try invocation.state.requireZoo()))
        }
        guard let name else {
            throw UserError(
                "UsageError", "The zoo needs a name: %%zoo NAME.", hint: "Below it a table: model,dataset,score.")
        }
        guard !body.trimmed.isEmpty else {
            throw UserError(
                "UsageError", "There is no table below %%zoo \(name).",
                hint: "Write one: a line model,dataset,score and a line for each result.")
        }
        let reading = try options.reading()
        let zoo = try invocation.withProgress("Reading the cell") { work in
            try Zoo(table: Data(body.utf8), file: "cell", name: name, options: reading, work: work)
        }
        return MagicResult(ZooValue(zoo)) { $0.use(zoo) }
    }
}
