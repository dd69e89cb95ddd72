/// Why a kernel cannot start, in a sentence for the person who started it.
public struct KernelError: Error, CustomStringConvertible, Sendable {
    public let description: String
    public init(_ description: String) { self.description = description }
}
