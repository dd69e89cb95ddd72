import ArgumentParser

/// How many threads a command uses; it changes no figure.
public struct ThreadsOption: ParsableArguments {
    @Option(help: ArgumentHelp("The most threads to use; changes no figure.", valueName: "count"))
    public var threads: Int?

    public init() {}

    public mutating func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads takes a count from 1 to 1024.")
        }
    }
}
