/// A position in a cell's code, in Unicode code points, clamped to its length.
struct CodePosition: Sendable, Equatable {
    let code: String
    let cursor: Int

    /// - Parameter cursor: The client's position; `nil` means the code's end.
    init(_ code: String, cursor: Int?) {
        self.code = code
        let end = code.unicodeScalars.count
        self.cursor = min(max(cursor ?? end, 0), end)
    }
}
