import Crypto

/// Signs and checks messages with the key of the connection file: HMAC over the four JSON frames.
package struct Signer: Sendable {
    /// The hash functions a connection file may name.
    package enum Scheme: String, CaseIterable {
        case sha256 = "hmac-sha256"
        case sha384 = "hmac-sha384"
        case sha512 = "hmac-sha512"

        /// The length of a signature in hexadecimal.
        var digits: Int {
            switch self {
            case .sha256: 64
            case .sha384: 96
            case .sha512: 128
            }
        }
    }

    /// A code that has taken in the key and nothing else; each message begins with a copy of it.
    private enum Start {
        case sha256(HMAC<SHA256>)
        case sha384(HMAC<SHA384>)
        case sha512(HMAC<SHA512>)
    }

    private let scheme: Scheme
    private let start: Start?

    /// - Parameter key: Empty where the user wants no signatures; then none is made and none asked for.
    package init(key: [UInt8], scheme: Scheme = .sha256) {
        self.scheme = scheme
        let symmetric = SymmetricKey(data: key)
        start =
            if key.isEmpty {
                nil
            } else {
                switch scheme {
                case .sha256: .sha256(HMAC(key: symmetric))
                case .sha384: .sha384(HMAC(key: symmetric))
                case .sha512: .sha512(HMAC(key: symmetric))
                }
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

    /// Whether `frames` carry the signature their key gives. Takes the same time wherever a wrong one differs.
    package func isValid(_ frames: Frames) -> Bool {
        isSignature(frames.signature, of: frames.header, frames.parentHeader, frames.metadata, frames.content)
    }

    /// Whether `signature` is that of `frames`, in constant time; always true without a key.
    package func isSignature(_ signature: [UInt8], of frames: [UInt8]...) -> Bool {
        // A signature of the wrong length is refused before anything is hashed: large forged messages stay cheap.
        guard let start else { return true }
        guard signature.count == scheme.digits else { return false }
        let expected = hexadecimal(code(frames, start))
        var difference: UInt8 = 0
        for index in expected.indices { difference |= expected[index] ^ signature[index] }
        return difference == 0
    }

    private func code(_ frames: [[UInt8]], _ start: Start) -> [UInt8] {
        switch start {
        case .sha256(let start): code(frames, start)
        case .sha384(let start): code(frames, start)
        case .sha512(let start): code(frames, start)
        }
    }

    private func code<Hash>(_ frames: [[UInt8]], _ start: HMAC<Hash>) -> [UInt8] {
        var state = start
        if frames.reduce(0, { $0 + $1.count }) <= 4_096 {
            // Taken in at once: each call costs more than copying some hundred bytes.
            state.update(data: Array(frames.joined()))
        } else {
            for frame in frames { state.update(data: frame) }
        }
        return Array(state.finalize())
    }
}
