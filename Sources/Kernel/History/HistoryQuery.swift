/// What of the history is asked for.
package enum HistoryQuery: Sendable, Equatable {
    /// The last cells of all sessions; `nil` for a thousand.
    case tail(Int?)
    /// Cells `from` up to but without `to` of a session; session 0 is this one, negative ones count back from it.
    case range(session: Int, from: Int, to: Int?)
    /// The last cells whose source matches a glob pattern.
    case search(String, last: Int?, unique: Bool)
}
