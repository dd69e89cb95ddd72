import OrderedCollections

/// The kernel's shells: the main one, and the subshells by identifier in the order they were made.
final class Shells: Sendable {
    let main = Shell(identifier: nil)
    private let subshells = Monitor<OrderedDictionary<String, Shell>>([:])

    /// The shell that a request is for; `nil` if there is no such subshell.
    func shell(_ identifier: String?) -> Shell? {
        guard let identifier else { return main }
        return subshells.withLock { $0[identifier] }
    }

    var identifiers: [String] { subshells.withLock { Array($0.keys) } }

    var all: [Shell] { [main] + subshells.withLock { Array($0.values) } }

    /// Each has a thread, and no client needs more.
    static let mostSubshells = 128

    /// Makes a subshell and starts it.
    ///
    /// - Returns: `nil` if there are ``mostSubshells``.
    /// - Throws: ``KernelError`` if the system has no thread for it.
    func create(_ handle: @escaping @Sendable (Shell.Job, Shell) -> Void) throws(KernelError) -> Shell? {
        guard subshells.withLock({ $0.count }) < Self.mostSubshells else { return nil }
        let identifier = randomIdentifier()
        let shell = Shell(identifier: identifier)
        try shell.start(handle)
        subshells.withLock { $0[identifier] = shell }
        return shell
    }

    /// Forgets a subshell and ends it.
    ///
    /// - Returns: Whether there was one.
    func remove(_ identifier: String) -> Bool {
        guard let shell = subshells.withLock({ $0.removeValue(forKey: identifier) }) else { return false }
        shell.close()
        return true
    }
}
