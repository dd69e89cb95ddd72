import ArgumentParser

/// `%run FILE`
public struct RunMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the lines of a file in this session.",
        discussion: """
            %run experiment.tg
            Cell magics may stand anywhere in it; the body of one ends before an empty line that a command follows.
            """)
    public static let givesValue = false

    @Argument(
        help: ArgumentHelp(
            "The file; its lines are written as in a cell. In a terminal - is standard input.", valueName: "file"))
    public var file: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let code = try TextFile.read(file, in: invocation.context)
        return MagicResult(try invocation.runner.run(code, file: file, in: invocation.context))
    }
}
