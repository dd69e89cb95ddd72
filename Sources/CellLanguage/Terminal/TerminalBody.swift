import ArgumentParser
import Foundation
import JupyterKernel
import Support

/// What a command in a terminal takes in place of a cell magic's body.
public protocol TerminalBody: ParsableArguments {
    func text() throws(UserError) -> String?
}

/// A body as an argument, in a file, or on standard input.
public struct BodyArgument: TerminalBody {
    @Argument(
        help: ArgumentHelp(
            "What a notebook's cell holds below the command, the name of a file that holds it, or - for standard input.",
            valueName: "body"))
    public var body: String

    public init() {}

    public func text() throws(UserError) -> String? {
        // A body with a space is not a file's name but the body itself.
        let mayBeFile = !body.unicodeScalars.contains { $0.properties.isWhitespace }
        if body == "-" || (mayBeFile && FileManager.default.fileExists(atPath: LocalPath(body).text)) {
            return try TextFile.read(body, in: TerminalContext())
        }
        return body
    }
}

/// No body: for line magics.
public struct NoBody: TerminalBody {
    public init() {}
    public func text() throws(UserError) -> String? { nil }
}
