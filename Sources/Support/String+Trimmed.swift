extension StringProtocol {
    /// The text without leading and trailing white space.
    package var trimmed: String {
        // Most texts need no trimming, and reading a zoo trims each of its names.
        let isVisible = { (scalar: Unicode.Scalar?) in scalar.map { ("!"..."~").contains($0) } ?? true }
        if isVisible(unicodeScalars.first), isVisible(unicodeScalars.last) { return String(self) }
        var rest = unicodeScalars[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(String.UnicodeScalarView(rest))
    }
}
