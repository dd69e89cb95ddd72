import ArgumentParser
import Foundation
import JupyterKernel
import Presentation
import Support

/// Where in the user's text an error occurred.
package struct ErrorLocation: Sendable, Equatable {
    /// The file, for a line of `%run FILE`; `nil` for the cell.
    package let file: String?
    /// Counted from 1.
    package let line: Int
    /// The line as written.
    package let text: String
}

/// An error with the lines that led to it, innermost first.
package struct LocatedError: Error {
    package let underlying: any Error
    package var trail: [ErrorLocation]

    /// `error` with `location` appended to what it already knows.
    package static func adding(_ location: ErrorLocation, to error: any Error) -> LocatedError {
        if var located = error as? LocatedError {
            located.trail.append(location)
            return located
        }
        return LocatedError(underlying: error, trail: [location])
    }
}

/// Makes an error readable: its name, what is wrong, where, and what to do next.
package enum ErrorDisplay {
    private static let bold = "\u{1B}[1m"
    private static let red = "\u{1B}[1;31m"
    private static let cyan = "\u{1B}[36m"
    private static let green = "\u{1B}[32m"
    private static let plain = "\u{1B}[0m"

    /// `error` as a notebook shows it.
    package static func executionError(_ error: any Error, vocabulary: any Vocabulary) -> ExecutionError {
        let located = error as? LocatedError
        let cause = located?.underlying ?? error
        if let known = cause as? ExecutionError, known.traceback.count > 1 { return known }
        let user = userError(cause, vocabulary: vocabulary)
        let message = user.message.visibleInvisibles.visibleControls.abridged
        var lines = ["\(red)\(user.name)\(plain): \(message)"]
        if let place = user.place {
            let file = place.file.singleLine()
            lines.append("  \(cyan)in \(place.line.map { "\(file), line \($0)" } ?? file)\(plain)")
        }
        for location in located?.trail ?? [] {
            let source =
                location.file.map { "\($0.singleLine()), line \(location.line)" } ?? "cell line \(location.line)"
            lines.append("  \(cyan)\(source)\(plain)  \(location.text.singleLine(limit: 160))")
        }
        if let hint = user.hint { lines.append("  \(green)Hint:\(plain) \(hint.visibleControls.abridged)") }
        return ExecutionError(name: user.name, value: message, traceback: lines)
    }

    /// Any error as one that says what went wrong.
    package static func userError(_ error: any Error, vocabulary: any Vocabulary) -> UserError {
        switch error {
        case let error as UserError: return error
        case is Cancelled:
            return UserError("KeyboardInterrupt", "Interrupted. The session is as it was before this line.")
        case let error as OutOfMemory: return UserError(error)
        case let error as ExecutionError:
            let hint =
                ["StdinNotImplementedError", "EndOfInput"].contains(error.name)
                ? "Give the command an option that answers the question, such as --force." : nil
            return UserError(error.name, error.value, hint: hint)
        case let error as CellSyntaxError:
            return UserError("SyntaxError", error.message, hint: error.hint)
        case let error as ValidationError:
            return UserError("UsageError", error.message)
        case let error as CocoaError:
            let path = error.userInfo[NSFilePathErrorKey] as? String
            return UserError("FileError", error.localizedDescription, place: path.map { .init(file: $0) })
        default:
            if let known = vocabulary.userError(for: error) { return known }
            return UserError(
                "InternalError", "An internal error occurred: \(String(describing: error)).",
                hint: "This should not happen; the session is as it was before this line.")
        }
    }
}
