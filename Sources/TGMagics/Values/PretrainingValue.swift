import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore
import ZooForge

/// A network that was just trained: its learning curve.
struct PretrainingValue: SessionValue {
    let model: TrainedModel
    /// The zoo that it was added to.
    let zooName: String?

    init(_ model: TrainedModel, zooName: String?) {
        self.model = model
        self.zooName = zooName
    }

    var kind: String { "model" }
    var text: String { model.name }
    var summary: String {
        "\(model.name): accuracy \(NumberFormat.decimals(3).text(model.accuracy)) on \(model.task)"
    }

    var figures: [DisplayData] {
        guard model.curve.points.count > 1 else { return [] }
        return [
            LineChart(
                title: "Learning \(model.task)", xLabel: "step", yLabel: "accuracy on words it has not seen",
                series: [.init(name: model.name, points: model.curve.points.map { (Double($0.step), $0.accuracy) })]
            ).display()
        ]
    }

    var tabular: Table? { table }

    private var table: Table {
        Table(
            columns: [
                .init("model"), .init("learned"), .number("classes", .count), .number("steps", .count),
                .number("weights", .count), .number("accuracy", .decimals(3)), .number("loss (nats)", .decimals(3)),
            ],
            rows: [
                [
                    .text(model.name), .text(model.task), .integer(model.classes), .integer(model.recipe.steps),
                    .integer(model.encoderParameters), .number(model.accuracy), .number(model.loss),
                ]
            ],
            notes: [
                zooName.map { "It is now a model of the zoo \($0), for this session." }
                    ?? "No zoo is loaded; %zoo load words loads one."
            ])
    }

    var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(table.plainText), "text/html": .string(table.html),
            DisplayData.transferGraphJSON: [
                "kind": "model", "model": .string(model.name), "task": .string(model.task),
                "architecture": .string(model.architecture.name), "accuracy": .number(model.accuracy),
                "loss": .number(model.loss), "curve": model.curve.json,
            ],
        ])
    }
}

extension LearningCurve {
    /// For programs: one object per point.
    var json: JSON {
        .array(
            points.map {
                [
                    "step": .integer($0.step), "training_loss": .number($0.trainingLoss),
                    "accuracy": .number($0.accuracy),
                ]
            })
    }
}
