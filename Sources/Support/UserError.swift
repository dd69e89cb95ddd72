/// A mistake that a person can mend: what is wrong, where, and what to do next.
///
/// Everything that `Core` throws for input that is not as it should be is one of these (or ``Cancelled``);
/// the words are finished sentences, ready to be shown.
public struct UserError: Error, Sendable, Equatable {
    /// What went wrong, as a type name people can search for: `ZooFormatError`, `UnknownDataset`, `UnknownMethod`, ….
    public let name: String
    /// What is wrong, in one or two sentences that end in a full stop.
    public let message: String
    /// The file the mistake is in, with the line (counted from 1) where there is one.
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
}
