import OrderedCollections

extension RequestHandler {
    /// Runs a cell and answers.
    ///
    /// - Returns: Whether it failed and queued cells are to be aborted.
    func execute(_ request: ExecuteRequest, of inquiry: Inquiry, on shell: Shell) -> Bool {
        let count = request.isStored ? counter.next() : counter.current
        let cell = RunningCell(
            origin: inquiry.origin, isSilent: request.isSilent, allowsStdin: request.allowsStdin, outbox: outbox,
            questions: questions, history: history, comms: comms)
        if !request.isSilent {
            outbox.send(
                OutgoingMessage(
                    "execute_input", on: .iopub, for: inquiry.origin,
                    content: ["code": .string(request.code), "execution_count": .integer(count)]))
        }
        shell.setRunning(cell)
        let outcome = interpreter.execute(
            Cell(code: request.code, silent: request.isSilent, executionCount: count), in: cell)
        var expressions: OrderedDictionary<String, JSON> = [:]
        if case .success(let result) = outcome {
            if let result, !request.isSilent { publish(result, of: cell, count: count) }
            expressions = request.expressions.mapValues { evaluate($0, in: cell) }
        }
        shell.setRunning(nil)
        cell.end()
        if request.isStored { record(request.code, line: count, outcome) }
        return finish(request, inquiry, cell, outcome, count: count, expressions)
    }

    /// Sends the messages that end a cell.
    private func finish(
        _ request: ExecuteRequest, _ inquiry: Inquiry, _ cell: RunningCell, _ outcome: ExecutionOutcome, count: Int,
        _ expressions: OrderedDictionary<String, JSON>
    ) -> Bool {
        switch outcome {
        case .success:
            let content: JSON = [
                "status": "ok", "execution_count": .integer(count), "payload": .array(cell.payload),
                "user_expressions": .object(expressions),
            ]
            reply(inquiry, content, after: cell.number)
            return false
        case .failure(let error):
            outbox.send(
                OutgoingMessage("error", on: .iopub, for: inquiry.origin, content: .object(error.members)),
                after: cell.number)
            var content = error.members
            content.updateValue("error", forKey: "status", insertingAt: 0)
            content["execution_count"] = .integer(count)
            content["payload"] = .array(cell.payload)
            content["user_expressions"] = [:]
            reply(inquiry, .object(content))
            return request.stopsOnError
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

    /// The value of one of `user_expressions`, or why it has none. After an interrupt none is evaluated.
    private func evaluate(_ expression: String, in cell: RunningCell) -> JSON {
        do throws(ExecutionError) {
            guard !cell.isInterrupted else {
                throw ExecutionError(name: "KeyboardInterrupt", value: "The cell was interrupted before.")
            }
            let value = try interpreter.evaluate(expression, in: SilentContext(of: cell))
            return ["status": "ok", "data": value.dataJSON, "metadata": value.metadataJSON]
        } catch {
            return Self.failure(error)
        }
    }

    private func record(_ code: String, line: Int, _ outcome: ExecutionOutcome) {
        var output: String?
        if case .success(let result) = outcome { output = result?.data["text/plain"]?.string }
        history.record(line: line, source: code, output: output)
    }

    /// Answers a cell that is not run because one before it failed.
    func abort(_ inquiry: Inquiry) {
        reply(inquiry, ["status": "aborted", "execution_count": .integer(counter.current)])
    }
}
