import OrderedCollections

/// A cell to run, and how.
struct ExecuteRequest: Sendable, Equatable {
    let code: String
    /// Whether nobody is to see that it ran.
    var isSilent = false
    /// Whether it counts and goes into the history.
    var isStored = true
    /// Whether the client answers questions.
    var allowsStdin = false
    /// Whether the cells that wait behind it are left out where it fails.
    var stopsOnError = true
    /// What is evaluated after it, by the names that the reply gives the values.
    var expressions: OrderedDictionary<String, String> = [:]

    init(code: String) { self.code = code }
}
