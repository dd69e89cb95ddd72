import CSodium

/// Signs and checks messages with the key of the connection file: HMAC (RFC 2104) over the four JSON frames.
package struct Signer: Sendable {
    /// The hash functions a connection file may name.
    package enum Scheme: String, CaseIterable, Sendable {
        case sha256 = "hmac-sha256"
        case sha512 = "hmac-sha512"

        /// The length of a MAC in bytes; a signature has two hexadecimal digits for each.
        var byteCount: Int {
            switch self {
            case .sha256: Int(crypto_auth_hmacsha256_BYTES)
            case .sha512: Int(crypto_auth_hmacsha512_BYTES)
            }
        }
    }

    /// An HMAC that has taken in only the key; each message begins with a copy of it.
    private enum Start: Sendable {
        case sha256(crypto_auth_hmacsha256_state)
        case sha512(crypto_auth_hmacsha512_state)
    }

    private let scheme: Scheme
    private let start: Start?

    /// - Parameter key: Empty to disable signatures; then none is made or required.
    package init(key: [UInt8], scheme: Scheme = .sha256) {
        self.scheme = scheme
        start = key.isEmpty ? nil : Self.start(key, scheme)
    }

    private static func start(_ key: [UInt8], _ scheme: Scheme) -> Start {
        switch scheme {
        case .sha256:
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, key, key.count)
            return .sha256(state)
        case .sha512:
            var state = crypto_auth_hmacsha512_state()
            crypto_auth_hmacsha512_init(&state, key, key.count)
            return .sha512(state)
        }
    }

    package var isSigning: Bool { start != nil }

    /// The signature of the frames in lowercase hexadecimal; empty without a key.
    package func signature(of frames: [UInt8]...) -> [UInt8] {
        start.map { hexadecimal(code(frames, $0)) } ?? []
    }

    private func hexadecimal(_ code: [UInt8]) -> [UInt8] {
        var hex: [UInt8] = []
        hex.reserveCapacity(code.count * 2)
        for byte in code {
            hex.append(hexDigit(byte >> 4))
            hex.append(hexDigit(byte & 15))
        }
        return hex
    }

    /// Whether `frames` carry the right signature, compared in constant time.
    package func isValid(_ frames: Frames) -> Bool {
        isSignature(frames.signature, of: frames.header, frames.parentHeader, frames.metadata, frames.content)
    }

    /// Whether `signature` is that of `frames`, in constant time; always true without a key.
    package func isSignature(_ signature: [UInt8], of frames: [UInt8]...) -> Bool {
        // A signature of the wrong length is refused before anything is hashed: large forged messages stay cheap.
        guard let start else { return true }
        guard signature.count == 2 * scheme.byteCount else { return false }
        return sodium_memcmp(hexadecimal(code(frames, start)), signature, signature.count) == 0
    }

    private func code(_ frames: [[UInt8]], _ start: Start) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: scheme.byteCount)
        switch start {
        case .sha256(var state):
            for frame in frames { crypto_auth_hmacsha256_update(&state, frame, UInt64(frame.count)) }
            crypto_auth_hmacsha256_final(&state, &code)
        case .sha512(var state):
            for frame in frames { crypto_auth_hmacsha512_update(&state, frame, UInt64(frame.count)) }
            crypto_auth_hmacsha512_final(&state, &code)
        }
        return code
    }
}
