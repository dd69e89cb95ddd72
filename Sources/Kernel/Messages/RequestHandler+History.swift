extension RequestHandler {
    func answerHistory(_ message: Message) {
        let content = message.content
        let entries: [HistoryEntry]
        switch content["hist_access_type"]?.string {
        case "tail":
            entries = history.tail(content["n"]?.integer)
        case "range":
            entries = history.range(
                session: content["session"]?.integer ?? 0, from: content["start"]?.integer ?? 1,
                to: content["stop"]?.integer)
        case "search":
            entries = history.search(
                content["pattern"]?.string ?? "*", last: content["n"]?.integer,
                unique: content["unique"]?.bool ?? false)
        default:
            return refuse(message, "A history_request's hist_access_type is tail, range or search.")
        }
        let withOutput = content["output"]?.bool ?? false
        let rows = entries.map { entry -> JSON in
            let source = JSON.string(entry.source)
            let output = entry.output.map(JSON.string) ?? .null
            return [.integer(entry.session), .integer(entry.line), withOutput ? [source, output] : source]
        }
        reply(message, ["status": "ok", "history": .array(rows)])
    }
}
