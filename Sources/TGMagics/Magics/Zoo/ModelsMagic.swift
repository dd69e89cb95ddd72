import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%models`
public struct ModelsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists the zoo's models with what is known of them.",
        discussion: "%models --sort parameters --descending --match vit")

    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        var counts = [Int](repeating: 0, count: zoo.models.count)
        for model in zoo.results.models { counts[Int(model)] += 1 }
        let rows = zoo.models.enumerated().map { index, model -> [Table.Cell] in
            [
                .text(model.name), .init(model.family), .init(model.parameters), .init(model.inputSize),
                .init(model.pretrainingDataset.map { zoo.datasets[$0].name }), .init(model.pretrainingAccuracy),
                .integer(counts[index]),
            ]
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("model"), .init("family"), .number("parameters", .compact), .number("input", .count),
                    .init("pre-trained on"), .number("accuracy there"), .number("results", .count),
                ], rows: rows))
    }
}
