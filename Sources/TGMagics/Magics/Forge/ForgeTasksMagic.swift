import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import ZooForge

/// `%forge tasks`
public struct ForgeTasksMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "Lists the tasks that the forge can train on, and its architectures.")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let rows = (TaskCatalog.sources + TaskCatalog.targets).map { task -> [Table.Cell] in
            [
                .text(task.name), .text(task.role.rawValue), .text(task.question), .integer(task.trainingWords),
                .text(task.lists.joined(separator: " ")),
            ]
        }
        return MagicResult(
            Table(
                columns: [
                    .init("task"), .init("role"), .init("question"), .number("words a class", .count),
                    .init("word lists"),
                ], rows: rows,
                notes: ["Architectures: \(Architecture.known.map(\.name).joined(separator: ", "))."]))
    }
}
