/// A column of numbers that is mostly one value: nothing is stored until a second value occurs.
///
/// Most tables have no config, no split and one metric; ten million rows of them take no memory here.
public struct QuietColumn<Element: Equatable & Sendable>: Sendable {
    private let usual: Element
    private var values: [Element] = []
    public private(set) var count = 0

    public init(_ usual: Element) { self.usual = usual }

    /// Whether every row has the usual value.
    public var isQuiet: Bool { values.isEmpty }

    public mutating func append(_ value: Element) {
        if !values.isEmpty {
            values.append(value)
        } else if value != usual {
            values = [Element](repeating: usual, count: count)
            values.append(value)
        }
        count += 1
    }

    /// Gives rows up to `count` the usual value.
    public mutating func fill(to count: Int) {
        guard count > self.count else { return }
        if !values.isEmpty { values += [Element](repeating: usual, count: count - self.count) }
        self.count = count
    }

    public subscript(_ row: Int) -> Element {
        get { values.isEmpty ? usual : values[row] }
        set {
            if values.isEmpty {
                if newValue == usual { return }
                values = [Element](repeating: usual, count: count)
            }
            values[row] = newValue
        }
    }
}
