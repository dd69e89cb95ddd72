extension RequestHandler {
    func complete(_ message: Message) {
        guard let (code, cursor) = cursor(of: message) else { return }
        let completion = interpreter.complete(code, at: cursor)
        let start = JSON.integer(completion.range.lowerBound)
        let end = JSON.integer(completion.range.upperBound)
        let types = completion.items.map { item -> JSON in
            ["start": start, "end": end, "text": .string(item.text), "type": .string(item.type)]
        }
        reply(
            message,
            [
                "status": "ok", "matches": .array(completion.items.map { .string($0.text) }),
                "cursor_start": start, "cursor_end": end,
                "metadata": ["_jupyter_types_experimental": .array(types)],
            ])
    }

    func inspect(_ message: Message) {
        guard let (code, cursor) = cursor(of: message) else { return }
        let detail = message.content["detail_level"]?.integer ?? 0
        let found = interpreter.inspect(code, at: cursor, detail: detail)
        reply(
            message,
            [
                "status": "ok", "found": .bool(found != nil), "data": found?.dataJSON ?? [:],
                "metadata": found?.metadataJSON ?? [:],
            ])
    }

    func isComplete(_ message: Message) {
        guard let code = message.content["code"]?.string else {
            return refuse(message, "An is_complete_request needs its code as a string.")
        }
        switch interpreter.isComplete(code) {
        case .complete: reply(message, ["status": "complete"])
        case .incomplete(let indent): reply(message, ["status": "incomplete", "indent": .string(indent)])
        case .invalid: reply(message, ["status": "invalid"])
        case .unknown: reply(message, ["status": "unknown"])
        }
    }

    /// The code and the cursor in it, in code points and never outside; the end where the request names none.
    private func cursor(of message: Message) -> (code: String, cursor: Int)? {
        guard let code = message.content["code"]?.string else {
            refuse(message, "A \(message.header.type) needs its code as a string.")
            return nil
        }
        let end = code.unicodeScalars.count
        return (code, min(max(message.content["cursor_pos"]?.integer ?? end, 0), end))
    }
}
