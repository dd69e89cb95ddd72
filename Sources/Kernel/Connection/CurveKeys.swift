/// The kernel's CurveZMQ key pair, each key as 40 characters of Z85.
public struct CurveKeys: Sendable, Equatable {
    /// What clients encrypt with.
    public let publicKey: String
    /// What the kernel alone has beside whoever started it.
    public let secretKey: String

    /// Makes a pair; whether the keys belong together is seen when a client connects.
    public init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}
