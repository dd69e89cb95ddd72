/// Why a message that arrived is dropped.
enum MalformedMessage: Error, CustomStringConvertible, Equatable {
    case frames(Frames.Malformed)
    case wrongSignature
    /// Its signature was seen before.
    case replayed
    case json(_ part: String, String)
    case notAnObject(_ part: String)
    case headerWithout(_ member: String)

    var description: String {
        switch self {
        case .frames(.noDelimiter): "It has no delimiter."
        case .frames(.tooFew(let count)): "It has \(count) frames after the delimiter; at least 5 are needed."
        case .wrongSignature: "Its signature is missing or wrong."
        case .replayed: "It was received before: its signature is known."
        case .json(let part, let problem): "Its \(part) is not JSON: \(problem)."
        case .notAnObject(let part): "Its \(part) is not a JSON object."
        case .headerWithout(let member): "Its header has no \(member)."
        }
    }
}
