import Glibc

/// Builds outgoing messages: writes headers, signs, and assembles the frames. Used only by the sending thread.
struct Envelope {
    static let protocolVersion = "5.5"

    let signer: Signer
    /// The kernel's session: new with every start.
    let session: String
    private let beforeType: [UInt8]
    private let afterType: [UInt8]
    private var count = 0
    private var second: time_t = 0
    private var secondText: [UInt8] = []

    init(signer: Signer, session: String, username: String) {
        self.signer = signer
        self.session = session
        beforeType = Array("{\"msg_id\":\"\(session)_\(getpid())_".utf8)
        var rest = Array("\",\"username\":".utf8)
        JSON.append(username, to: &rest)
        rest.append(contentsOf: ",\"session\":\"\(session)\",\"version\":\"\(Self.protocolVersion)\",\"date\":\"".utf8)
        afterType = rest
    }

    /// The message as a multipart message for its socket.
    mutating func seal(_ message: OutgoingMessage) -> [[UInt8]] {
        let header = header(type: message.type)
        let frames = Frames(
            identities: message.channel == .iopub
                ? [message.topic ?? Array(message.type.utf8)] : message.origin.identities,
            signature: signer.signature(of: header, message.origin.header, message.metadata, message.content),
            header: header, parentHeader: message.origin.header, metadata: message.metadata,
            content: message.content, buffers: message.buffers)
        return frames.parts
    }

    private mutating func header(type: String) -> [UInt8] {
        count += 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        bytes.append(contentsOf: beforeType)
        bytes.append(contentsOf: count.description.utf8)
        bytes.append(contentsOf: "\",\"msg_type\":\"".utf8)
        bytes.append(contentsOf: type.utf8)
        bytes.append(contentsOf: afterType)
        appendDate(to: &bytes)
        bytes.append(contentsOf: "\"}".utf8)
        return bytes
    }

    /// The present moment in ISO 8601, in UTC, to the microsecond.
    private mutating func appendDate(to bytes: inout [UInt8]) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if now.tv_sec != second {
            second = now.tv_sec
            var parts = tm()
            gmtime_r(&second, &parts)
            secondText = []
            Self.append(Int(parts.tm_year) + 1900, digits: 4, to: &secondText)
            let fields = [
                ("-", parts.tm_mon + 1), ("-", parts.tm_mday), ("T", parts.tm_hour), (":", parts.tm_min),
                (":", parts.tm_sec),
            ]
            for (separator, value) in fields {
                secondText.append(contentsOf: separator.utf8)
                Self.append(Int(value), digits: 2, to: &secondText)
            }
            secondText.append(UInt8(ascii: "."))
        }
        bytes.append(contentsOf: secondText)
        Self.append(now.tv_nsec / 1_000, digits: 6, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func append(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
