import OrderedCollections

extension RequestHandler {
    /// Runs a cell and answers.
    ///
    /// - Returns: Whether it failed and what waits behind it is to be left out.
    func execute(_ message: Message, on shell: Shell) -> Bool {
        let content = message.content
        guard let code = content["code"]?.string else {
            refuse(message, "An execute_request needs its code as a string.")
            return false
        }
        let isSilent = content["silent"]?.bool ?? false
        let isStored = !isSilent && content["store_history"]?.bool ?? true
        let count = isStored ? counter.next() : counter.current
        let cell = RunningCell(
            origin: message.origin, isSilent: isSilent, allowsStdin: content["allow_stdin"]?.bool ?? false,
            outbox: outbox, questions: questions, history: history)
        if !isSilent {
            outbox.send(
                OutgoingMessage(
                    "execute_input", on: .iopub, for: message.origin,
                    content: ["code": .string(code), "execution_count": .integer(count)]))
        }
        shell.setRunning(cell)
        let outcome = interpreter.execute(
            Cell(code: code, silent: isSilent, executionCount: count), in: cell)
        var expressions: OrderedDictionary<String, JSON> = [:]
        if case .success(let result) = outcome {
            if let result, !isSilent { publish(result, of: cell, count: count) }
            expressions = evaluate(content["user_expressions"])
        }
        shell.setRunning(nil)
        cell.end()
        if isStored { record(code, line: count, outcome) }
        return finish(message, cell, outcome, count: count, expressions)
    }

    /// Sends what ends a cell.
    private func finish(
        _ message: Message, _ cell: RunningCell, _ outcome: ExecutionOutcome, count: Int,
        _ expressions: OrderedDictionary<String, JSON>
    ) -> Bool {
        switch outcome {
        case .success:
            let content: JSON = [
                "status": "ok", "execution_count": .integer(count), "payload": .array(cell.payload),
                "user_expressions": .object(expressions),
            ]
            reply(message, content, after: cell.number)
            return false
        case .failure(let error):
            outbox.send(
                OutgoingMessage("error", on: .iopub, for: message.origin, content: .object(error.members)),
                after: cell.number)
            var content = error.members
            content.updateValue("error", forKey: "status", insertingAt: 0)
            content["execution_count"] = .integer(count)
            content["payload"] = .array(cell.payload)
            content["user_expressions"] = [:]
            reply(message, .object(content))
            return message.content["stop_on_error"]?.bool ?? true
        }
    }

    private func publish(_ result: DisplayData, of cell: RunningCell, count: Int) {
        let content: JSON = [
            "execution_count": .integer(count), "data": result.dataJSON, "metadata": result.metadataJSON,
            "transient": [:],
        ]
        outbox.send(
            OutgoingMessage(
                "execute_result", on: .iopub, for: cell.origin, content: content, buffers: result.buffers),
            after: cell.number)
    }

    private func evaluate(_ expressions: JSON?) -> OrderedDictionary<String, JSON> {
        guard case .object(let members) = expressions else { return [:] }
        return members.mapValues { expression in
            do throws(ExecutionError) {
                let value = try interpreter.evaluate(expression.string ?? "")
                return ["status": "ok", "data": value.dataJSON, "metadata": value.metadataJSON]
            } catch {
                var content = error.members
                content.updateValue("error", forKey: "status", insertingAt: 0)
                return .object(content)
            }
        }
    }

    private func record(_ code: String, line: Int, _ outcome: ExecutionOutcome) {
        var output: String?
        if case .success(let result) = outcome { output = result?.data["text/plain"]?.string }
        history.record(line: line, source: code, output: output)
    }

    /// Answers a cell that is not run because one before it failed.
    func abort(_ message: Message) {
        reply(message, ["status": "aborted", "execution_count": .integer(counter.current)])
    }
}
