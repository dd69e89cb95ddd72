extension RequestHandler {
    func answerHistory(_ query: HistoryQuery, withOutput: Bool, of inquiry: Inquiry) {
        let rows = history.entries(query).map { entry -> JSON in
            let source = JSON.string(entry.source)
            let output = entry.output.map(JSON.string) ?? .null
            return [.integer(entry.session), .integer(entry.line), withOutput ? [source, output] : source]
        }
        reply(inquiry, ["status": "ok", "history": .array(rows)])
    }
}
