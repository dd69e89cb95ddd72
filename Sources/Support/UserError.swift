/// An error in the words that a person is shown: what is wrong, where, and what to do next.
///
/// The cell language and its magics throw these. `TransferGraphCore` and `ZooForge` throw enums of possible errors,
/// which `Sentences` turns into one of these.
public struct UserError: Error, Sendable, Equatable {
    /// What went wrong, as a searchable type name: `ZooFormatError`, `UnknownDataset`, `UnknownMethod`, ….
    public let name: String
    /// What is wrong, in one or two sentences that end in a full stop.
    public let message: String
    /// The file with the error, and the line (counted from 1) if there is one.
    public let place: Place?
    /// What to do next: a sentence, often with the nearest known names.
    public let hint: String?

    public struct Place: Sendable, Equatable {
        public let file: String
        public let line: Int?
        public init(file: String, line: Int? = nil) {
            self.file = file
            self.line = line
        }
    }

    public init(_ name: String, _ message: String, place: Place? = nil, hint: String? = nil) {
        self.name = name
        self.message = message
        self.place = place
        self.hint = hint
    }

    /// The same error with another hint.
    public func hinting(_ hint: String) -> UserError { UserError(name, message, place: place, hint: hint) }
}

extension UserError: CustomStringConvertible {
    /// The message, the place and the hint, one per line.
    public var description: String {
        var lines = ["\(name): \(message)"]
        if let place { lines.append("  in \(place.line.map { "\(place.file), line \($0)" } ?? place.file)") }
        if let hint { lines.append("  Hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
