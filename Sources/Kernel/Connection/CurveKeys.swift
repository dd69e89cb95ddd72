/// The kernel's CurveZMQ key pair, each key as 40 characters of Z85.
public struct CurveKeys: Sendable, Equatable {
    public let publicKey: String
    public let secretKey: String
    public init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}
