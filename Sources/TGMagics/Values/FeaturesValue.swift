import CellLanguage
import JupyterKernel
import Presentation

/// What `%features extract` did, or would do: one row per model.
struct FeaturesValue: SessionValue {
    private let events: [FeatureProgram.Event]
    private let folder: String
    private let isDryRun: Bool

    init(_ events: [FeatureProgram.Event], folder: String, isDryRun: Bool) {
        self.events = events
        self.folder = folder
        self.isDryRun = isDryRun
    }

    private static let states = [
        "done": "done", "skipped": "there already", "failed": "failed", "estimate": "to do",
    ]

    private var told: [FeatureProgram.Event] { events.filter { Self.states[$0.event] != nil } }

    var kind: String { "features" }
    /// The folder, for `%score all --from $f`.
    var text: String { folder }
    var summary: String {
        "\(told.count { $0.event == "done" || $0.event == "skipped" }) of \(told.count) models in \(folder)"
    }

    var tabular: Table? { table }

    private var table: Table {
        let plan = events.first { $0.event == "plan" }
        let rows = told.map { event -> [Table.Cell] in
            [
                .text(event.model ?? ""), .text(Self.states[event.event] ?? ""), .init(event.dimension),
                .init(event.seconds), .init(event.error ?? event.note),
            ]
        }
        var notes: [String] = []
        if let samples = plan?.samples {
            let classes = plan?.classes.map { " of \($0) classes" } ?? ", labels that are not classes"
            notes.append("\(NumberFormat.count.text(Double(samples))) samples\(classes).")
        }
        if isDryRun {
            let seconds = told.compactMap { $0.event == "estimate" ? $0.seconds : nil }.reduce(0, +)
            notes.append("Nothing was written. All of it takes about \(DurationText.about(seconds)).")
        } else {
            notes.append("%score all --from \(Word.quoting(folder)) scores them.")
        }
        return Table(
            title: isDryRun ? "What would be done" : "Features in \(folder)",
            columns: [
                .init("model"), .init("state"), .number("dimension", .count), .number("seconds", .decimals(1)),
                .init("what"),
            ], rows: rows, notes: notes)
    }

    var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let entries = told.map { event -> JSON in
            [
                "model": .string(event.model ?? ""), "state": .string(event.event),
                "dimension": event.dimension.map { .integer($0) } ?? .null,
                "seconds": event.seconds.map { .number($0) } ?? .null,
                "error": event.error.map { .string($0) } ?? .null,
            ]
        }
        return ["kind": "features", "folder": .string(folder), "dry_run": .bool(isDryRun), "models": .array(entries)]
    }
}
