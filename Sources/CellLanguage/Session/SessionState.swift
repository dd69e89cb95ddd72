/// Everything a session knows at one moment. A value: commands read one and return how it is to change.
///
/// The language itself keeps the variables; a notebook's own magics keep what they need under a ``SessionKey``.
public struct SessionState: Sendable {
    /// The variables, by name.
    public var variables: [String: any SessionValue] = [:]
    private var holdings: [ObjectIdentifier: any Sendable] = [:]

    public init() {}

    /// What is kept under `key`; its initial value if nothing was stored yet. O(1).
    public subscript<Key: SessionKey>(key: Key.Type) -> Key.Value {
        get { holdings[ObjectIdentifier(key)] as? Key.Value ?? Key.initial }
        set { holdings[ObjectIdentifier(key)] = newValue }
    }
}

/// Names one thing that a notebook's own magics store in the session.
///
/// ```swift
/// enum CounterKey: SessionKey {
///     static var initial: Int { 0 }
/// }
/// extension SessionState {
///     var counter: Int {
///         get { self[CounterKey.self] }
///         set { self[CounterKey.self] = newValue }
///     }
/// }
/// ```
public protocol SessionKey {
    associatedtype Value: Sendable
    /// The value before anything was stored.
    static var initial: Value { get }
}
