/// What identifies a sweep: two with equal descriptions compute the same, task by task.
public struct SweepDescription: Codable, Hashable, Sendable {
    /// An input of the sweep, with the hash of its content.
    public struct Input: Codable, Hashable, Sendable {
        /// Its name, for people: `records.csv of the zoo`.
        public let name: String
        public let hash: String

        public init(_ name: String, hash: String) {
            self.name = name
            self.hash = hash
        }
    }

    /// The command and its options as words, with everything that can change a result and nothing else.
    public let command: [String]
    public let inputs: [Input]
    /// The version of the program.
    public let version: String
    /// How many tasks there are.
    public let tasks: Int

    public init(command: [String], inputs: [Input], version: String, tasks: Int) {
        self.command = command
        self.inputs = inputs
        self.version = version
        self.tasks = tasks
    }

    /// The hash of all of it.
    public var hash: String {
        var hash = SHA256()
        for text in command + inputs.flatMap({ [$0.name, $0.hash] }) + [version, "\(tasks)"] {
            hash.update(Array(text.utf8) + [0])
        }
        return hash.hexadecimal()
    }

    /// How `other` differs from this, in words: this one's first. Empty if they are equal.
    public func differences(from other: SweepDescription) -> [String] {
        var found: [String] = []
        if version != other.version { found.append("the program's version is \(version), not \(other.version)") }
        if command.first != other.command.first {
            found.append("the command is \(command.first ?? "none"), not \(other.command.first ?? "none")")
        }
        let (mine, theirs) = (options, other.options)
        for name in Self.names(mine.map(\.name), theirs.map(\.name)) {
            let values = mine.filter { $0.name == name }.map(\.value)
            let others = theirs.filter { $0.name == name }.map(\.value)
            if values == others { continue }
            func words(_ values: [String]) -> String {
                values.isEmpty ? "not given" : values.prefix(8).joined(separator: " ") + (values.count > 8 ? " …" : "")
            }
            // A flag has no value.
            found.append(
                values == [""] || others == [""]
                    ? "\(name) is \(values.isEmpty ? "left out, not given" : "given, not left out")"
                    : "\(name) is \(words(values)), not \(words(others))")
        }
        for name in Self.names(inputs.map(\.name), other.inputs.map(\.name)) {
            let hash = inputs.first { $0.name == name }?.hash
            let others = other.inputs.first { $0.name == name }?.hash
            if hash == others { continue }
            found.append(
                hash == nil ? "\(name) is missing" : others == nil ? "\(name) is new" : "\(name) has another content")
        }
        if found.isEmpty, tasks != other.tasks { found.append("it has \(tasks) tasks, not \(other.tasks)") }
        if found.isEmpty, self != other { found.append("the options are in another order") }
        return found
    }

    /// The options with their values, repeated options as often; arguments under the name `argument`.
    private var options: [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for word in command.dropFirst() {
            if word.hasPrefix("--") {
                let fields = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                found.append((String(fields[0]), fields.count > 1 ? String(fields[1]) : ""))
            } else {
                found.append(("the argument", word))
            }
        }
        return found
    }

    private static func names(_ a: [String], _ b: [String]) -> [String] {
        var seen: Set<String> = []
        return (a + b).filter { seen.insert($0).inserted }
    }
}
