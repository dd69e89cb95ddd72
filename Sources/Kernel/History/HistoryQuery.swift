/// A query of the history.
package enum HistoryQuery: Sendable, Equatable {
    /// The last cells of all sessions; `nil` for a thousand.
    case tail(Int?)
    /// A session's cells from `from` up to but excluding `to`; session 0 is this one, negative ones count back.
    case range(session: Int, from: Int, to: Int?)
    /// The last cells whose source matches a glob pattern.
    case search(String, last: Int?, unique: Bool)
}
