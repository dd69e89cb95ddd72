/// A place in a cell's code, in Unicode code points from its beginning and never outside.
struct CodePosition: Sendable, Equatable {
    let code: String
    let cursor: Int

    /// - Parameter cursor: Where the client says; `nil` means the code's end.
    init(_ code: String, cursor: Int?) {
        self.code = code
        let end = code.unicodeScalars.count
        self.cursor = min(max(cursor ?? end, 0), end)
    }
}
