import Support

/// What a magic gives back: a value, and how the session is to change.
public struct MagicResult: Sendable {
    public let value: (any SessionValue)?
    /// Applied to the session's state at once, after the magic has come to its end.
    public let change: (@Sendable (inout SessionState) -> Void)?
    /// Why the value could not be written where it should have been. The value is kept all the same, and the error told.
    public let writeError: UserError?

    public init(
        _ value: (any SessionValue)?, writeError: UserError? = nil,
        change: (@Sendable (inout SessionState) -> Void)? = nil
    ) {
        self.value = value
        self.writeError = writeError
        self.change = change
    }

    public static let nothing = MagicResult(nil)
}
