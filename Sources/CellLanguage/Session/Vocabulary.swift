import Presentation

/// What the notebook's own magics are about, as far as the language has to know: names to complete and to explain, and
/// the words for their errors. Every requirement has an answer for a notebook that is about nothing in particular.
public protocol Vocabulary: Sendable {
    /// The known names of `kind`, each with what it is; none of a kind that is not known.
    func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)]
    /// The kind of the names that stand in the body of the cell magic `name`, or in a text that is of `kind`, which holds
    /// words of another language, such as SQL; `nil` where none do.
    func innerKind(ofBody name: String) -> ValueKind?
    func innerKind(of kind: ValueKind) -> ValueKind?
    /// The kinds whose names `NAME?` explains, beside magics and variables.
    var explainedKinds: [ValueKind] { get }
    /// What is known of `name`, more of it with `detail` 1; `nil` where nothing is.
    func description(of name: String, detail: Int, in state: SessionState) -> Table?
    /// What the session holds beside its variables: a name in brackets, its kind, and one line about it.
    func holdings(of state: SessionState) -> [(name: String, kind: String, summary: String)]
    /// Where a newcomer begins, in sentences below the list of all commands.
    var firstSteps: [String] { get }
    /// The sentence for an error that the language does not know; `nil` where it is not known here either.
    func userError(for error: any Error) -> UserError?
}

extension Vocabulary {
    public func names(of kind: ValueKind, in state: SessionState) -> [(text: String, type: String)] { [] }
    public func innerKind(ofBody name: String) -> ValueKind? { nil }
    public func innerKind(of kind: ValueKind) -> ValueKind? { nil }
    public var explainedKinds: [ValueKind] { [] }
    public func description(of name: String, detail: Int, in state: SessionState) -> Table? { nil }
    public func holdings(of state: SessionState) -> [(name: String, kind: String, summary: String)] { [] }
    public var firstSteps: [String] { [] }
    public func userError(for error: any Error) -> UserError? { nil }
}

/// The vocabulary of a notebook that is about nothing in particular.
public struct PlainVocabulary: Vocabulary {
    public init() {}
}
