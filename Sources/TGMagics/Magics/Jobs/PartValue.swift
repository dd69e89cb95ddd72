import CellLanguage
import JupyterKernel
import Presentation
import Sweeps

/// The outcome of one part.
struct PartValue: SessionValue {
    enum State: String {
        case done
        case there = "there already"
        case empty = "without a task"
    }

    let command: String
    let part: PartNumber
    let tasks: Int
    let all: Int
    let state: State
    let seconds: Double
    let file: String

    init(command: String, part: PartNumber, tasks: Int, of all: Int, state: State, seconds: Double, file: String) {
        self.command = command
        self.part = part
        self.tasks = tasks
        self.all = all
        self.state = state
        self.seconds = seconds
        self.file = file
    }

    var kind: String { "part" }
    var text: String { file }
    var summary: String { "part \(part) of \(command)" }

    var tabular: Table? {
        Table(
            title: "Part \(part) of \(command)",
            columns: [
                .init("state"), .number("tasks", .count), .number("of", .count), .number("seconds", .decimals(2)),
                .init("file"),
            ],
            rows: [
                [
                    .text(state.rawValue), .integer(tasks), .integer(all), .number(seconds),
                    .text(state == .empty ? "none" : file),
                ]
            ],
            notes: ["tgkernel merge \(Word.quoting(LocalPath(file).folder)) joins the parts when all are done."])
    }

    var display: DisplayData { tabular?.display ?? DisplayData(data: [:]) }
}
