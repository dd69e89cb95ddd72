import ArgumentParser

/// The zoo that a subcommand works on.
struct ZooChoice: ParsableArguments {
    @Option(help: ArgumentHelp("A built-in zoo, or the directory of one.", valueName: "name-or-path"))
    var zoo: String?

    /// The words of the line that loads it.
    var loading: [String]? { zoo.map { ["zoo", "load", $0] } }
}
