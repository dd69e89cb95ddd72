import Support

/// What a magic returns: a value, and how the session is to change.
public struct MagicResult: Sendable {
    public let value: (any SessionValue)?
    /// Applied to the session's state atomically, after the magic has ended.
    public let change: (@Sendable (inout SessionState) -> Void)?
    /// Why the value could not be written as asked. The value is kept all the same, and the error shown.
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
