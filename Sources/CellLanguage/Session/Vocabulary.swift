import Presentation

/// What the language has to know of the notebook's own domain: names to complete and to explain, and the words for its
/// errors. Every requirement has a default for a notebook without one.
public protocol Vocabulary: Sendable {
    /// The known names of `kind`, each with what it is; empty for an unknown kind.
    func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)]
    /// The kind of the names in the body of the cell magic `name`, or in a text of `kind`, which holds words of another
    /// language, such as SQL; `nil` if there are none.
    func innerKind(ofBody name: String) -> ValueKind?
    func innerKind(of kind: ValueKind) -> ValueKind?
    /// The kinds whose names `NAME?` explains, besides magics and variables.
    var explainedKinds: [ValueKind] { get }
    /// What is known of `name`, more of it with `detail` 1; `nil` if nothing is.
    func description(of name: String, detail: Int, in state: SessionState) -> Table?
    /// What the session holds besides its variables: a name in brackets, its kind, and one line about it.
    func holdings(of state: SessionState) -> [(name: String, kind: String, summary: String)]
    /// What of the session would be lost if a file were written to this path of the file system, such as "the zoo 'mine' was read from it"; `nil`
    /// where nothing would.
    func reasonToKeep(_ path: String, in state: SessionState) -> String?
    /// Where a newcomer begins, in sentences below the list of all commands.
    var firstSteps: [String] { get }
    /// The sentence for an error that the language does not know; `nil` if the vocabulary does not either.
    func userError(for error: any Error) -> UserError?
}

extension Vocabulary {
    public func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)] { [] }
    public func innerKind(ofBody name: String) -> ValueKind? { nil }
    public func innerKind(of kind: ValueKind) -> ValueKind? { nil }
    public var explainedKinds: [ValueKind] { [] }
    public func description(of name: String, detail: Int, in state: SessionState) -> Table? { nil }
    public func holdings(of state: SessionState) -> [(name: String, kind: String, summary: String)] { [] }
    public func reasonToKeep(_ path: String, in state: SessionState) -> String? { nil }
    public var firstSteps: [String] { [] }
    public func userError(for error: any Error) -> UserError? { nil }
}

/// The vocabulary of a notebook without a domain of its own.
public struct PlainVocabulary: Vocabulary {
    public init() {}
}
