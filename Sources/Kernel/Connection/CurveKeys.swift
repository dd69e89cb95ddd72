/// The kernel's CurveZMQ key pair, each key as 40 characters of Z85.
public struct CurveKeys: Sendable, Equatable {
    /// The key that clients encrypt with.
    public let publicKey: String
    /// Known only to the kernel and whoever started it.
    public let secretKey: String

    /// Makes a pair; a mismatch shows only when a client connects.
    public init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}
