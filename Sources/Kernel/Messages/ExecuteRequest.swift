import OrderedCollections

/// A cell to run, and how.
struct ExecuteRequest: Sendable, Equatable {
    let code: String
    /// Whether it runs without a trace.
    var isSilent = false
    /// Whether it counts and goes into the history.
    var isStored = true
    /// Whether the client answers questions.
    var allowsStdin = false
    /// Whether queued cells are aborted if it fails.
    var stopsOnError = true
    /// The expressions evaluated after it, by the names that the reply gives their values.
    var expressions: OrderedDictionary<String, String> = [:]

    init(code: String) { self.code = code }
}
