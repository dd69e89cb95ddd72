import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore
import ZooForge

/// Models that were fine-tuned on one target, side by side.
struct FineTuningValue: SessionValue {
    struct Run: Sendable {
        let model: TrainedModel
        let tuned: TrainedModel
        let scores: [(method: String, value: Double)]
    }

    let runs: [Run]
    let target: String
    /// The zoo's earlier result for each run; `nil` if it had none.
    private let recorded: [Double?]
    private let zooName: String?

    init(_ runs: [Run], target: String, before zoo: Zoo?) {
        self.runs = runs
        self.target = target
        let dataset = zoo.flatMap { try? $0.dataset(named: target) }
        recorded = runs.map { run in
            guard let zoo, let dataset, let model = try? zoo.model(named: run.model.name) else { return nil }
            return zoo.result(model, on: dataset)
        }
        zooName = dataset == nil ? nil : zoo?.name
    }

    private var best: Int? { runs.indices.max { runs[$0].tuned.accuracy < runs[$1].tuned.accuracy } }

    var kind: String { "fine-tuning" }
    /// The best model.
    var text: String { best.map { runs[$0].model.name } ?? "" }
    var summary: String { "\(runs.count) model\(runs.count == 1 ? "" : "s") fine-tuned on \(target)" }

    var figures: [DisplayData] {
        [
            LineChart(
                title: "Fine-tuning on \(target)", xLabel: "step", yLabel: "accuracy on words it has not seen",
                series: runs.map { run in
                    .init(
                        name: run.model.name, points: run.tuned.curve.points.map { (Double($0.step), $0.accuracy) })
                }
            ).display()
        ]
    }

    var tabular: Table? { table }

    private var table: Table {
        let logME = runs.map { run in run.scores.first { $0.method == "LogME" }?.value }
        let hasRecord = recorded.contains { $0 != nil }
        let rows = runs.indices.map { index -> [Table.Cell] in
            let run = runs[index]
            var row: [Table.Cell] = [
                .text(run.model.name), run.model.name == "scratch" ? .missing : .text(run.model.task),
                .init(logME[index]), .init(run.tuned.curve.points.dropFirst().first?.accuracy),
                .number(run.tuned.accuracy),
            ]
            if hasRecord { row.append(.init(recorded[index])) }
            return row
        }
        let early = runs.first?.tuned.curve.points.dropFirst().first?.step ?? 0
        var notes = ["LogME is taken of the features before fine-tuning."]
        if let zooName { notes.append("The results are now in the zoo \(zooName), for this session.") }
        return Table(
            title: "Fine-tuned on \(target)",
            columns: [
                .init("model"), .init("pre-trained on"), .number("LogME", .decimals(3)),
                .number("after \(early) steps", .decimals(3)), .number("accuracy", .decimals(3)),
            ] + (hasRecord ? [.number("in the zoo before", .decimals(3))] : []), rows: rows,
            emphasised: best.map { [$0] } ?? [], notes: notes)
    }

    var display: DisplayData {
        let table = table
        let json = runs.indices.map { index -> JSON in
            let run = runs[index]
            return [
                "model": .string(run.model.name), "accuracy": .number(run.tuned.accuracy),
                "recorded": recorded[index].map { .number($0) } ?? .null,
                "scores": .object(
                    .init(run.scores.map { ($0.method, JSON.number($0.value)) }, uniquingKeysWith: { $1 })),
                "curve": run.tuned.curve.json,
            ]
        }
        return DisplayData(data: [
            "text/plain": .string(table.plainText), "text/html": .string(table.html),
            DisplayData.transferGraphJSON: [
                "kind": "fine-tuning", "target": .string(target), "runs": .array(json),
            ],
        ])
    }
}
