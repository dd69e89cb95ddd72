extension [String] {
    /// The words with each negative number joined to the option before it: `--seed -1` becomes `--seed=-1`; a
    /// positional one moves to the end, after a bare `--`.
    ///
    /// The parser takes every word with a dash for an option, and would report a missing value; joined, the value is
    /// read, and accepted or refused as what it is. No option's name begins with a digit. What follows a bare `--`
    /// stays as it is.
    public var joiningNegativeNumbers: [String] {
        var joined: [String] = []
        joined.reserveCapacity(count)
        var last: [String] = []
        for (position, word) in enumerated() {
            if word == "--" { return joined + ["--"] + last + self[(position + 1)...] }
            if word.count > 1, word.hasPrefix("-"), Double(word) != nil {
                if let option = joined.last, option.count > 2, option.hasPrefix("--"), !option.contains("=") {
                    joined[joined.count - 1] += "=" + word
                } else if joined.last?.hasPrefix("-") == true {
                    joined.append(word)
                } else {
                    last.append(word)
                }
            } else {
                joined.append(word)
            }
        }
        return last.isEmpty ? joined : joined + ["--"] + last
    }
}
