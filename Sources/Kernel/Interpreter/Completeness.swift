/// Whether code can be run as it stands, or a console should let the user go on typing.
public enum Completeness: Sendable, Equatable {
    /// It can be run.
    case complete
    /// More is expected; the next line begins with `indent`.
    case incomplete(indent: String)
    /// It can never become code that runs.
    case invalid
    /// The interpreter cannot tell.
    case unknown
}
