import ArgumentParser
import CellLanguage
import Presentation
import TransferGraphCore

/// `%zoo save`
public struct ZooSaveMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Writes the current zoo as tables that load to the same zoo; %help zoo tells what each holds.",
        discussion: "%zoo save my-zoo")

    @Argument(help: ArgumentHelp("The folder to write: new, empty, or one that a zoo was saved to.", valueName: "path"))
    public var folder: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let files = try invocation.withProgress("Writing \(folder)") { work in
            try ZooWriter(zoo).write(to: folder, work: work)
        }
        return MagicResult(
            Table(
                title: "Saved as \(folder)", columns: [.init("file"), .number("rows", .count), .init("what")],
                rows: files.map { [.text($0.name), .integer($0.rows), .text($0.what)] },
                notes: ["%zoo load \(Word.quoting(folder)) loads it again."]))
    }
}
