import Core

/// The zoos that ship with the program.
enum BuiltInZoos {
    /// Their names, as `%zoo load` takes them.
    static let names: [String] = BuiltInZoo.names

    /// The zoo called `name`; `nil` where it is none of these.
    static func load(_ name: String) throws -> Zoo? {
        try BuiltInZoo.load(name)
    }
}
