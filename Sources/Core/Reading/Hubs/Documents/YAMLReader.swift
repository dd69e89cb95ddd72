import CYaml

/// Reads YAML by the events of libyaml, which comes with Yams: its nodes take twenty times as long, and hold tags where
/// names as written are wanted.
package enum YAMLReader {
    /// How many nodes the aliases of one text may add: enough for any card, too few for a bomb.
    static let aliasLimit = 100_000

    /// Reads one document.
    ///
    /// - Parameter firstLine: the line of its file that `bytes` begin on.
    /// - Throws: ``DocumentError``.
    /// - Complexity: linear in the bytes and the nodes that aliases add.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int = 1) throws(DocumentError) -> DataTree
    {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw DocumentError(line: firstLine, problem: "there is no memory to read it")
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        var builder = Builder(firstLine: firstLine)
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { throw problem(parser, bytes, firstLine) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return builder.tree }
            try builder.take(event)
        }
    }

    private static func problem(
        _ parser: yaml_parser_t, _ bytes: UnsafeBufferPointer<UInt8>, _ firstLine: Int
    ) -> DocumentError {
        let problem = parser.problem.map { String(cString: $0) } ?? "it is no YAML"
        // A character that may not stand in YAML is told by its offset, anything else by its line.
        let isReader = parser.error == YAML_READER_ERROR
        let line =
            isReader ? bytes.prefix(Int(parser.problem_offset)).count { $0 == 10 } : Int(parser.problem_mark.line)
        return DocumentError(line: firstLine + line, problem: problem)
    }
}

/// Makes a tree of the events.
private struct Builder {
    let firstLine: Int
    var tree = DataTree()
    /// The nodes that have names, ended or not.
    private var anchors: [String: Int] = [:]
    private var repeated = 0
    private var documents = 0

    init(firstLine: Int) {
        self.firstLine = firstLine
    }

    mutating func take(_ event: yaml_event_t) throws(DocumentError) {
        let line = firstLine + Int(event.start_mark.line)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            if documents > 1 { throw DocumentError(line: line, problem: "a second document begins") }
        case YAML_MAPPING_START_EVENT:
            note(event.data.mapping_start.anchor)
            tree.begin(.mapping, line: line)
        case YAML_SEQUENCE_START_EVENT:
            note(event.data.sequence_start.anchor)
            tree.begin(.list, line: line)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: tree.end()
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            note(scalar.anchor)
            let text = UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length)
            tree.add(scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted, line: line, text)
        case YAML_ALIAS_EVENT: try repeatNode(event.data.alias.anchor.map(name) ?? "", line)
        default: break
        }
    }

    private mutating func repeatNode(_ anchor: String, _ line: Int) throws(DocumentError) {
        guard let position = anchors[anchor] else {
            throw DocumentError(line: line, problem: "the alias *\(anchor) stands for nothing")
        }
        let end = Int(tree.entries[position].end)
        guard end > position else {
            throw DocumentError(line: line, problem: "the alias *\(anchor) stands inside of what it stands for")
        }
        repeated += end - position
        guard repeated <= YAMLReader.aliasLimit else {
            throw DocumentError(line: line, problem: "its aliases stand for more than \(YAMLReader.aliasLimit) nodes")
        }
        tree.repeatNode(at: position)
    }

    private mutating func note(_ anchor: UnsafeMutablePointer<UInt8>?) {
        if let anchor { anchors[name(anchor)] = tree.entries.count }
    }

    private func name(_ anchor: UnsafeMutablePointer<UInt8>) -> String {
        String(cString: anchor)
    }
}
