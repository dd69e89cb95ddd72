/// The kind of an option's or argument's value, by the name its declaration gives it (`valueName`); Tab offers its
/// names.
///
/// The language defines the kinds below; a ``Vocabulary`` adds more.
public struct ValueKind: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let path = ValueKind(rawValue: "path")
    public static let file = ValueKind(rawValue: "file")
    public static let magic = ValueKind(rawValue: "magic")
    public static let variable = ValueKind(rawValue: "variable")
    /// A column of the table that the command lists.
    public static let column = ValueKind(rawValue: "column")
    /// What `%help` explains: a magic.
    public static let topic = ValueKind(rawValue: "topic")
}
