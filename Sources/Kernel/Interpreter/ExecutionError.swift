import OrderedCollections

/// An error as a notebook shows it.
///
/// ```swift
/// .failure(ExecutionError(name: "UnknownWord", value: "There is no word 'prnt'; did you mean 'print'?"))
/// ```
public struct ExecutionError: Error, Sendable, Equatable {
    /// Its name, such as `UnknownWord`.
    public let name: String
    /// One line that says what is wrong.
    public let value: String
    /// The lines shown below the cell; may hold ANSI colours.
    public let traceback: [String]

    /// Makes an error with a traceback of its own.
    public init(name: String, value: String, traceback: [String]) {
        self.name = name
        self.value = value
        self.traceback = traceback
    }

    /// Makes an error whose traceback is one line: its name and value.
    public init(name: String, value: String) {
        self.init(name: name, value: value, traceback: [value.isEmpty ? name : "\(name): \(value)"])
    }

    /// The members that an `error` message and a failed reply share.
    var members: OrderedDictionary<String, JSON> {
        ["ename": .string(name), "evalue": .string(value), "traceback": .array(traceback.map(JSON.string))]
    }
}
