/// Why a kernel cannot start, in a sentence for the person who started it.
public struct KernelError: Error, CustomStringConvertible, Sendable {
    /// The sentence.
    public let description: String

    /// Makes an error from its sentence.
    public init(_ description: String) { self.description = description }
}
