import ArgumentParser
import Foundation
import Support

/// `%run FILE.tg`
public struct RunMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the lines of a file in this session.", discussion: "%run experiment.tg")
    private static let sizeLimit = 16 << 20

    @Argument(help: ArgumentHelp("The file; its lines are written as in a cell.", valueName: "file"))
    public var file: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let place = LocalPath(file)
        let path = place.text
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? []
            let near = NearestNames.nearest(to: place.name, in: names)
            throw UserError(
                "FileNotFound", isDirectory.boolValue ? "'\(file)' is a directory." : "There is no file '\(file)'.",
                place: .init(file: file), hint: near.isEmpty ? nil : "Did you mean \(near.joined(separator: ", "))?")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard (attributes[.size] as? Int ?? 0) <= Self.sizeLimit else {
            throw UserError("FileTooLarge", "'\(file)' is too large for a file of commands.", place: .init(file: file))
        }
        guard let data = FileManager.default.contents(atPath: path),
            let code = String(validating: data, as: UTF8.self), !code.contains("\0")
        else {
            throw UserError(
                "FileNotReadable", "'\(file)' is no readable text in UTF-8.", place: .init(file: file))
        }
        return MagicResult(try invocation.runner.run(code, file: file, in: invocation.context))
    }
}
