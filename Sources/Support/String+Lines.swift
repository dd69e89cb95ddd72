extension StringProtocol {
    /// The text split at its line ends (LF, CR or CRLF), which are in none of the parts; a trailing line end begins one
    /// more, empty line. Linear time.
    package var lines: [SubSequence] {
        let bytes = utf8
        var lines: [SubSequence] = []
        var start = bytes.startIndex
        var position = start
        while position < bytes.endIndex {
            let byte = bytes[position]
            let next = bytes.index(after: position)
            guard byte == 0x0A || byte == 0x0D else {
                position = next
                continue
            }
            lines.append(self[start..<position])
            let isPair = byte == 0x0D && next < bytes.endIndex && bytes[next] == 0x0A
            start = isPair ? bytes.index(after: next) : next
            position = start
        }
        lines.append(self[start..<bytes.endIndex])
        return lines
    }
}
