extension StringProtocol {
    /// The text cut at its line ends, which are LF, CR or the two together, and which are in none of the parts; a line
    /// end that is last begins one more, empty line. In time linear in the length.
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
