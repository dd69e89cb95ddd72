import OrderedCollections

/// A JSON value (RFC 8259). Members keep the order they were given in, so that what is written is always the same.
///
/// ```swift
/// let value: JSON = ["name": "words", "models": 122, "best": [0.91, nil]]
/// value["models"]?.integer          // 122
/// String(decoding: value.serialized, as: UTF8.self)
/// ```
public enum JSON: Sendable, Hashable {
    /// No value.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A whole number that no `Int` holds, from 2^63 to 2^64 - 1. ``init(whole:)`` makes one where needed; what is read
    /// from text is a ``number(_:)`` instead.
    case unsigned(UInt64)
    /// A number, written so that it reads back exactly; `null` if it is not finite.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSON])
    /// Values by name, in order.
    case object(OrderedDictionary<String, JSON>)
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `nil` is ``null``.
    public init(nilLiteral: ()) { self = .null }
    /// `true` is ``bool(_:)``.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// `4` is ``integer(_:)``.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// `4.5` is ``number(_:)``.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// `"four"` is ``string(_:)``.
    public init(stringLiteral value: String) { self = .string(value) }
    /// `[4, "five"]` is ``array(_:)``.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// `["four": 4]` is ``object(_:)``. If a key occurs twice, the last one wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(OrderedDictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension JSON {
    /// Makes a whole number from 0 to 2^64 - 1, written as it is: a seed, say.
    ///
    /// ```swift
    /// JSON(whole: .max).serialized  // the text 18446744073709551615
    /// ```
    public init(whole value: UInt64) { self = Int(exactly: value).map(JSON.integer) ?? .unsigned(value) }

    /// The member named `key`; `nil` if this is not an object or has no such member. O(1).
    public subscript(key: String) -> JSON? {
        if case .object(let members) = self { return members[key] }
        return nil
    }

    /// The text, if this is one.
    public var string: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The truth value, if this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The value if it is a whole number that fits an `Int`, however it was written (`4` or `4.0`).
    public var integer: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The elements, if this is an array.
    public var array: [JSON]? {
        if case .array(let values) = self { return values }
        return nil
    }
}
