import ArgumentParser
import TransferGraphCore

/// The zoo that is measured on.
struct ZooOption: ParsableArguments {
    @Option(help: "The zoo's directory, or the name of a built-in zoo.")
    var zoo: String

    func load() throws -> Zoo { try BuiltInZoo.load(zoo) ?? Zoo.load(path: zoo) }
}
