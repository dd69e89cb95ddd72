extension RequestHandler {
    func complete(_ position: CodePosition, of inquiry: Inquiry) {
        let completion = interpreter.complete(position.code, at: position.cursor)
        let start = JSON.integer(completion.range.lowerBound)
        let end = JSON.integer(completion.range.upperBound)
        let types = completion.items.map { item -> JSON in
            ["start": start, "end": end, "text": .string(item.text), "type": .string(item.type)]
        }
        reply(
            inquiry,
            [
                "status": "ok", "matches": .array(completion.items.map { .string($0.text) }),
                "cursor_start": start, "cursor_end": end,
                "metadata": ["_jupyter_types_experimental": .array(types)],
            ])
    }

    func inspect(_ position: CodePosition, detail: Int, of inquiry: Inquiry) {
        let found = interpreter.inspect(position.code, at: position.cursor, detail: detail)
        reply(
            inquiry,
            [
                "status": "ok", "found": .bool(found != nil), "data": found?.dataJSON ?? [:],
                "metadata": found?.metadataJSON ?? [:],
            ])
    }

    func isComplete(_ code: String, of inquiry: Inquiry) {
        switch interpreter.isComplete(code) {
        case .complete: reply(inquiry, ["status": "complete"])
        case .incomplete(let indent): reply(inquiry, ["status": "incomplete", "indent": .string(indent)])
        case .invalid: reply(inquiry, ["status": "invalid"])
        case .unknown: reply(inquiry, ["status": "unknown"])
        }
    }
}
