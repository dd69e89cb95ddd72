import ArgumentParser

/// The zoo that a subcommand works on.
struct ZooChoice: ParsableArguments {
    @Option(help: ArgumentHelp("A built-in zoo, or the directory of one.", valueName: "name-or-path"))
    var zoo: String?
}
