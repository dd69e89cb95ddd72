import Foundation

/// A graph of operations as ONNX writes it (onnx.proto, IR version 8, operators of version 18), built node by node.
///
/// ```swift
/// var graph = OnnxGraph(name: "model", input: "letters", shape: [nil, 28])
/// let doubled = graph.add("Add", ["letters", "letters"])
/// graph.output(doubled, as: "features", type: .int64, width: 28)
/// ```
struct OnnxGraph {
    enum Element: Int {
        case float = 1
        case int64 = 7
    }

    enum Attribute {
        case integer(Int)
        case integers([Int])
    }

    private let name: String
    private var nodes = Data()
    private var constants = Data()
    private var inputs = Data()
    private var outputs = Data()
    private var count = 0

    /// - Parameter shape: of the one input, of whole numbers; `nil` for what may be of any length.
    init(name: String, input: String, shape: [Int?]) {
        self.name = name
        inputs.field(11, Self.value(input, .int64, shape))
    }

    /// Adds an operation; the name of what it gives comes back.
    mutating func add(_ operation: String, _ operands: [String], _ attributes: [(String, Attribute)] = []) -> String {
        count += 1
        let result = "\(operation.lowercased())_\(count)"
        append(operation, operands, result, attributes)
        return result
    }

    /// Numbers that are part of the model.
    mutating func constant(_ values: some Collection<Float>, shape: [Int]) -> String {
        let bytes = values.reduce(into: Data()) { data, value in
            withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        return constant(.float, bytes, shape)
    }

    mutating func constant(whole values: [Int], shape: [Int]? = nil) -> String {
        let bytes = values.reduce(into: Data()) { data, value in
            withUnsafeBytes(of: Int64(value).littleEndian) { data.append(contentsOf: $0) }
        }
        return constant(.int64, bytes, shape ?? [values.count])
    }

    /// Makes a result one of the model's outputs, under a name of its own.
    mutating func output(_ result: String, as name: String, width: Int) {
        append("Identity", [result], name, [])
        outputs.field(12, Self.value(name, .float, [nil, width]))
    }

    /// The model's file.
    var model: Data {
        var graph = nodes
        graph.field(2, text: name)
        graph.append(constants)
        graph.append(inputs)
        graph.append(outputs)
        var operators = Data()
        operators.field(1, text: "")
        operators.field(2, number: 18)
        var model = Data()
        model.field(1, number: 8)
        model.field(2, text: "zooforge")
        model.field(7, graph)
        model.field(8, operators)
        return model
    }

    private mutating func append(
        _ operation: String, _ operands: [String], _ result: String, _ attributes: [(String, Attribute)]
    ) {
        var node = Data()
        for operand in operands { node.field(1, text: operand) }
        node.field(2, text: result)
        node.field(4, text: operation)
        for (name, attribute) in attributes {
            var written = Data()
            written.field(1, text: name)
            switch attribute {
            case .integer(let value):
                written.field(3, number: value)
                written.field(20, number: 2)
            case .integers(let values):
                for value in values { written.field(8, number: value) }
                written.field(20, number: 7)
            }
            node.field(5, written)
        }
        nodes.field(1, node)
    }

    private mutating func constant(_ element: Element, _ bytes: Data, _ shape: [Int]) -> String {
        count += 1
        let result = "constant_\(count)"
        var tensor = Data()
        for length in shape { tensor.field(1, number: length) }
        tensor.field(2, number: element.rawValue)
        tensor.field(8, text: result)
        tensor.field(9, bytes)
        constants.field(5, tensor)
        return result
    }

    private static func value(_ name: String, _ element: Element, _ shape: [Int?]) -> Data {
        var lengths = Data()
        for length in shape {
            var dimension = Data()
            if let length { dimension.field(1, number: length) } else { dimension.field(2, text: "samples") }
            lengths.field(1, dimension)
        }
        var tensor = Data()
        tensor.field(1, number: element.rawValue)
        tensor.field(2, lengths)
        var type = Data()
        type.field(1, tensor)
        var value = Data()
        value.field(1, text: name)
        value.field(2, type)
        return value
    }
}

/// Fields of a message of protocol buffers.
extension Data {
    fileprivate mutating func field(_ field: Int, _ content: Data) {
        varint(UInt64(field << 3 | 2))
        varint(UInt64(content.count))
        append(content)
    }

    fileprivate mutating func field(_ field: Int, text: String) { self.field(field, Data(text.utf8)) }

    fileprivate mutating func field(_ field: Int, number: Int) {
        varint(UInt64(field << 3))
        varint(UInt64(bitPattern: Int64(number)))
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
