import ArgumentParser
import CellLanguage
import Foundation
import Presentation
import TransferGraphCore
import ZooForge

/// `%forge export`
public struct ForgeExportMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes models as ONNX files, with a task's words in numbers, for %features extract to run.",
        discussion: """
            %forge export gru-24/europe-2500 bag-16-n2/europe-5000 --target iberian --out networks
            %features extract --models networks/models.txt --data networks/letters.npy --labels networks/labels.npy --out features
            """)

    @Argument(help: ArgumentHelp("Models of the zoo words, or that %forge pretrain made.", valueName: "model"))
    public var models: [String]
    @Option(help: ArgumentHelp("The task whose training words are written.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("The folder to write to.", valueName: "path"))
    public var out: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let workshop = try invocation.state.workshop ?? Workshop()
        let files = try invocation.withProgress("Writing") { work in
            try OnnxExport(workshop).write(
                models: models, target: target, withFeatures: false, to: URL(fileURLWithPath: LocalPath(out).text), work
            )
        }
        return MagicResult(
            Table(
                title: "Written to \(out)", columns: [.init("file"), .init("what")],
                rows: files.map { [.text($0.name), .text($0.what)] }))
    }
}
