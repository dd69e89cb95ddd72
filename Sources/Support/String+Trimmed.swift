extension StringProtocol {
    /// Without the white space at both ends.
    package var trimmed: String {
        // Most texts have none there, and reading a zoo asks for each of its names.
        let isVisible = { (scalar: Unicode.Scalar?) in scalar.map { ("!"..."~").contains($0) } ?? true }
        if isVisible(unicodeScalars.first), isVisible(unicodeScalars.last) { return String(self) }
        var rest = unicodeScalars[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(String.UnicodeScalarView(rest))
    }
}
