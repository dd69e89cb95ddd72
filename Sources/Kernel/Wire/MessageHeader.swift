/// The fields of a message's header that the kernel uses, with its original bytes.
struct MessageHeader: Sendable {
    let type: String
    /// The subshell that is to answer; `nil` means the main shell (JEP 91).
    let subshell: String?
    /// The header as it was sent: replies return it byte for byte as their parent.
    let raw: [UInt8]

    init(_ raw: [UInt8]) throws(MalformedMessage) {
        let json: JSON
        do { json = try JSON(parsing: raw) } catch { throw .json("header", error.description) }
        guard case .object = json else { throw .notAnObject("header") }
        guard let type = json["msg_type"]?.string else { throw .headerWithout("msg_type") }
        // Without it the client could not match an answer to its request.
        guard json["msg_id"]?.string != nil else { throw .headerWithout("msg_id") }
        self.type = type
        subshell = json["subshell_id"]?.string
        self.raw = raw
    }
}
