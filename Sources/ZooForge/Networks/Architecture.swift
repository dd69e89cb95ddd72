import TransferGraphCore

/// The shape of a character network: how it reads a word and how large it is.
///
/// Its name says everything, as in `cnn-48x2` (two convolutions of 48 channels) or `bag-32-n3`.
public struct Architecture: Sendable, Hashable {
    /// How a network reads the letters of a word.
    public enum Family: String, Sendable, CaseIterable {
        /// The mean of the vectors of the word's letter sequences (hashed n-grams), blind to where they stand.
        case bag
        /// The first and the last letters side by side into a perceptron.
        case ends
        /// Convolutions over the letters, then the largest response of each channel.
        case cnn
        /// A gated recurrent unit that reads from left to right.
        case gru
        /// One head of self-attention over the letters with learned positions.
        case attention
    }

    public let family: Family
    /// The numbers in the penultimate layer: the model's features.
    public let width: Int
    /// Convolutions for `cnn`; further dense layers of `width` for the others (1 means none).
    public let depth: Int
    /// The components of a letter's vector (of an n-gram's vector for `bag`).
    public let embedding: Int
    /// The longest n-gram of a `bag`, the letters under one window of a `cnn`; 0 for the others.
    public let span: Int
    /// The rows of a `bag`'s table of hashed n-grams; 0 for the others.
    public let buckets: Int

    public init(family: Family, width: Int, depth: Int, embedding: Int, span: Int = 0, buckets: Int = 0) {
        precondition(width > 0 && depth > 0 && embedding > 0, "a network has a size")
        self.family = family
        self.width = width
        self.depth = depth
        self.embedding = embedding
        self.span = span
        self.buckets = buckets
    }

    /// The architectures of the zoo `words`, from the smallest of each family to the largest.
    public static let known: [Architecture] = [
        Architecture(family: .bag, width: 16, depth: 1, embedding: 16, span: 2, buckets: 1024),
        Architecture(family: .bag, width: 32, depth: 1, embedding: 32, span: 3, buckets: 4096),
        Architecture(family: .bag, width: 64, depth: 2, embedding: 48, span: 4, buckets: 4096),
        Architecture(family: .ends, width: 32, depth: 1, embedding: 8),
        Architecture(family: .ends, width: 64, depth: 2, embedding: 12),
        Architecture(family: .cnn, width: 24, depth: 1, embedding: 12, span: 3),
        Architecture(family: .cnn, width: 64, depth: 1, embedding: 16, span: 3),
        Architecture(family: .cnn, width: 64, depth: 1, embedding: 16, span: 5),
        Architecture(family: .cnn, width: 48, depth: 2, embedding: 16, span: 3),
        Architecture(family: .gru, width: 24, depth: 1, embedding: 12),
        Architecture(family: .gru, width: 48, depth: 1, embedding: 16),
        Architecture(family: .attention, width: 48, depth: 1, embedding: 24),
    ]

    /// Such as `bag-32-n3`, `cnn-64-k5`, `cnn-48x2-k3`, `gru-48`.
    public var name: String {
        var name = "\(family.rawValue)-\(width)"
        if depth > 1 { name += "x\(depth)" }
        switch family {
        case .bag: name += "-n\(span)"
        case .cnn: name += "-k\(span)"
        case .ends, .gru, .attention: break
        }
        return name
    }

    /// The architecture with this name.
    ///
    /// - Throws: ``ForgeError/unknownArchitecture(_:)``.
    public static func named(_ name: String) throws(ForgeError) -> Architecture {
        if let found = known.first(where: { $0.name == name }) { return found }
        throw .unknownArchitecture(name)
    }
}
