/// What happens to a comm from the client's side.
struct CommEvent: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case open(target: String)
        case message
        case close
    }

    let kind: Kind
    let identifier: String
    let message: CommMessage

    init(_ kind: Kind, _ identifier: String, _ message: CommMessage) {
        self.kind = kind
        self.identifier = identifier
        self.message = message
    }
}
