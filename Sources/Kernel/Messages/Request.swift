import OrderedCollections

/// What a message asks of the kernel: parsed once, on arrival. Nothing looks into its JSON later.
enum Request: Sendable, Equatable {
    case execute(ExecuteRequest)
    case complete(CodePosition)
    case inspect(CodePosition, detail: Int)
    case isComplete(code: String)
    case history(HistoryQuery, withOutput: Bool)
    case comm(CommEvent)
    /// Asks for the open comms, or those of one target.
    case commInfo(target: String?)
    case kernelInfo
    case connect
    case shutdown(restart: Bool)
    case interrupt
    case createSubshell
    case deleteSubshell(String)
    case listSubshells
    /// Answers a question that a cell asked.
    case inputReply(String)
    /// A member is missing or has the wrong type; says what belongs there.
    case malformed(String)
    /// Not a message of this protocol.
    case unknown
}

extension Request {
    /// Reads the request in a message's content.
    init(_ message: Message) {
        do throws(Malformed) { self = try Self.read(message) } catch { self = .malformed(error.problem) }
    }

    private struct Malformed: Error {
        let problem: String
    }

    private static func read(_ message: Message) throws(Malformed) -> Request {
        let content = message.content
        switch message.header.type {
        case "execute_request": return .execute(try executeRequest(content))
        case "complete_request":
            return .complete(try CodePosition(code(in: content), cursor: content["cursor_pos"]?.integer))
        case "inspect_request":
            let position = try CodePosition(code(in: content), cursor: content["cursor_pos"]?.integer)
            return .inspect(position, detail: content["detail_level"]?.integer ?? 0)
        case "is_complete_request": return .isComplete(code: try code(in: content))
        case "history_request":
            return .history(try historyQuery(content), withOutput: content["output"]?.bool ?? false)
        case "comm_open":
            let target = content["target_name"]?.string ?? ""
            return .comm(CommEvent(.open(target: target), try commIdentifier(content), CommMessage(message)))
        case "comm_msg": return .comm(CommEvent(.message, try commIdentifier(content), CommMessage(message)))
        case "comm_close": return .comm(CommEvent(.close, try commIdentifier(content), CommMessage(message)))
        case "comm_info_request": return .commInfo(target: content["target_name"]?.string)
        case "kernel_info_request": return .kernelInfo
        case "connect_request": return .connect
        case "shutdown_request": return .shutdown(restart: content["restart"]?.bool ?? false)
        case "interrupt_request": return .interrupt
        case "create_subshell_request": return .createSubshell
        case "delete_subshell_request": return .deleteSubshell(content["subshell_id"]?.string ?? "")
        case "list_subshell_request": return .listSubshells
        case "input_reply": return .inputReply(content["value"]?.string ?? "")
        default: return .unknown
        }
    }

    private static func code(in content: JSON) throws(Malformed) -> String {
        guard let code = content["code"]?.string else { throw Malformed(problem: "Its code has to be a string.") }
        return code
    }

    private static func commIdentifier(_ content: JSON) throws(Malformed) -> String {
        guard let identifier = content["comm_id"]?.string else {
            throw Malformed(problem: "Its comm_id has to be a string.")
        }
        return identifier
    }

    private static func executeRequest(_ content: JSON) throws(Malformed) -> ExecuteRequest {
        var request = ExecuteRequest(code: try code(in: content))
        request.isSilent = content["silent"]?.bool ?? false
        request.isStored = !request.isSilent && content["store_history"]?.bool ?? true
        request.allowsStdin = content["allow_stdin"]?.bool ?? false
        request.stopsOnError = content["stop_on_error"]?.bool ?? true
        switch content["user_expressions"] {
        case nil, .null, .array([]): break
        case .object(let members):
            for (name, expression) in members {
                guard let text = expression.string else {
                    throw Malformed(problem: "Each of its user_expressions has to be a string.")
                }
                request.expressions[name] = text
            }
        default: throw Malformed(problem: "Its user_expressions have to be an object of strings.")
        }
        return request
    }

    private static func historyQuery(_ content: JSON) throws(Malformed) -> HistoryQuery {
        switch content["hist_access_type"]?.string {
        case "tail": return .tail(content["n"]?.integer)
        case "range":
            return .range(
                session: content["session"]?.integer ?? 0, from: content["start"]?.integer ?? 1,
                to: content["stop"]?.integer)
        case "search":
            return .search(
                content["pattern"]?.string ?? "*", last: content["n"]?.integer,
                unique: content["unique"]?.bool ?? false)
        default: throw Malformed(problem: "Its hist_access_type has to be tail, range or search.")
        }
    }
}

extension CommMessage {
    /// What a comm's message carries.
    init(_ message: Message) {
        self.init(data: message.content["data"] ?? [:], metadata: message.metadata, buffers: message.buffers)
    }
}
