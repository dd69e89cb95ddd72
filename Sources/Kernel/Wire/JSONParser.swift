import CJansson
import OrderedCollections

/// Why a text is not valid JSON.
public struct JSONError: Error, CustomStringConvertible, Sendable {
    /// The parser's message, with the byte offset.
    public let description: String
}

extension JSON {
    /// Reads one JSON value. O(n); jansson does the parsing.
    ///
    /// If any integer in the text exceeds 64 bits, all of them become ``number(_:)``.
    ///
    /// - Throws: ``JSONError`` for what RFC 8259 does not allow (`NaN`, lone surrogates, invalid UTF-8, trailing text)
    ///   and for nesting deeper than 2,048.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        if bytes.count == 2, bytes[0] == UInt8(ascii: "{"), bytes[1] == UInt8(ascii: "}") {
            self = .object([:])
            return
        }
        let flags = JSON_DECODE_ANY | JSON_ALLOW_NUL
        var problem = json_error_t()
        var root = Self.load(bytes, flags, &problem)
        if root == nil, Self.text(of: problem).hasPrefix("too big") {
            root = Self.load(bytes, flags | JSON_DECODE_INT_AS_REAL, &problem)
        }
        guard let root else {
            throw JSONError(description: "\(Self.text(of: problem)) (byte \(problem.position))")
        }
        defer { json_decref(root) }
        self = JSON(root)
    }

    private static func load(_ bytes: [UInt8], _ flags: Int32, _ problem: inout json_error_t)
        -> UnsafeMutablePointer<json_t>?
    {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return json_loadb("", 0, Int(flags), &problem) }
            return json_loadb(start.assumingMemoryBound(to: CChar.self), buffer.count, Int(flags), &problem)
        }
    }

    private static func text(of problem: json_error_t) -> String {
        withUnsafeBytes(of: problem.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// Copies a parsed value; the depth is bounded by the parser's.
    private init(_ value: UnsafeMutablePointer<json_t>) {
        switch value.pointee.type {
        case JSON_OBJECT:
            var members = OrderedDictionary<String, JSON>(minimumCapacity: json_object_size(value))
            var cursor = json_object_iter(value)
            while let entry = cursor {
                if let key = json_object_iter_key(entry), let member = json_object_iter_value(entry) {
                    members[Self.string(key, json_object_iter_key_len(entry))] = JSON(member)
                }
                cursor = json_object_iter_next(value, entry)
            }
            self = .object(members)
        case JSON_ARRAY:
            let count = json_array_size(value)
            var elements: [JSON] = []
            elements.reserveCapacity(count)
            for index in 0..<count {
                if let element = json_array_get(value, index) { elements.append(JSON(element)) }
            }
            self = .array(elements)
        case JSON_STRING:
            self = json_string_value(value).map { .string(Self.string($0, json_string_length(value))) } ?? .null
        case JSON_INTEGER:
            self = .integer(Int(json_integer_value(value)))
        case JSON_REAL:
            self = .number(json_real_value(value))
        case JSON_TRUE:
            self = .bool(true)
        case JSON_FALSE:
            self = .bool(false)
        default:
            self = .null
        }
    }

    private static func string(_ start: UnsafePointer<CChar>, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
