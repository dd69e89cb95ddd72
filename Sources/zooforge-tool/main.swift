import ArgumentParser
import Foundation
import Sentences
import Support
import TransferGraphCore
import ZooForge

/// Makes the zoos that the project ships; `script/make-zoo` runs it.
struct ZooForgeTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zooforge", abstract: "Makes the zoos that the project ships.",
        subcommands: [Words.self, Packages.self, Compare.self, Public.self, ExportOnnx.self])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: UserError(explaining: error) ?? error)
        }
    }
}

/// The folder of word lists that was named, or the one that is found.
func shelf(_ lists: String?) throws -> WordShelf {
    guard let lists else { return try WordShelf.standard() }
    return WordShelf(root: URL(fileURLWithPath: lists))
}

struct Words: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Trains, fine-tunes and scores the zoo `words`.")

    @Option(help: "The folder to write the zoo to.")
    var out: String
    @Option(help: "The folder that holds the word lists' usr/share; by default where they are found.")
    var lists: String?
    @Option(help: "How many models are worked on side by side.")
    var threads = 2
    @Option(help: "Only every n-th model and target, to try things out.")
    var every = 1

    func run() throws {
        let directory = URL(fileURLWithPath: out)
        try ForgeFolder.look(at: directory, for: .zoo)
        let shelf = try shelf(lists)
        let plan = every == 1 ? ZooPlan.words : ZooPlan.words.thinned(every)
        let start = ContinuousClock.now
        let maker = ZooMaker(plan, lists: shelf, threads: threads)
        let meter = Meter()
        let zoo = try maker.make(Work(isCancelled: { false }, report: { meter.show($0, $1) }))
        try TidyWriter.write(zoo, to: directory)
        try SourceTable(shelf).write(to: directory)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(
            "\(zoo.models.count) models × \(plan.targets.count) targets, \(zoo.records.count + zoo.noise.count * 2 / 3)"
                + " fine-tuning runs, \(zoo.scores.count) scores in \(Int(seconds.rounded())) s.")
        print(NoiseSummary(zoo.noise).text)
    }
}

struct Packages: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Names the Debian packages that hold the word lists, one a line.")

    func run() {
        for package in WordListCatalog.packages { print(package) }
    }
}

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells where two makings of a zoo differ, and by how much against the zoo's own noise.")

    @Argument(help: "The folder of one.")
    var first: String
    @Argument(help: "The folder of the other.")
    var second: String

    func run() throws {
        let comparison = try ZooComparison(URL(fileURLWithPath: first), URL(fileURLWithPath: second))
        print(comparison.text)
        if !comparison.isWithinNoise { throw ExitCode(1) }
    }
}

struct ExportOnnx: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-onnx",
        abstract:
            "Trains models of the zoo `words` again and writes them as ONNX files, with a target's words in numbers.")

    @Option(help: "A model of the zoo; may be given several times.")
    var model: [String]
    @Option(help: "The target whose words are written.")
    var target = "iberian"
    @Option(help: "The folder to write to.")
    var out: String
    @Option(help: "The folder that holds the word lists' usr/share; by default where they are found.")
    var lists: String?
    @Flag(help: "Write what the networks make of the words too, to compare with.")
    var features = false

    func run() throws {
        let meter = Meter()
        let files = try OnnxExport(Workshop(lists: shelf(lists))).write(
            models: model, target: target, withFeatures: features, to: URL(fileURLWithPath: out),
            Work(isCancelled: { false }, report: { meter.show($0, $1) }))
        for file in files { print("\(file.name): \(file.what)") }
    }
}

struct Public: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes `mteb` or `timm` from the results that others published, and tells what changed.")

    @Argument(help: "mteb or timm.")
    var zoo: PublicZoo
    @Option(name: .customLong("from"), help: "A results folder, or a zoo in the tidy layout.")
    var source: String
    @Option(help: "A table of the datasets: datasets.csv.")
    var tasks: String?
    @Option(help: "The folder to write the zoo to.")
    var out: String
    @Option(help: "The folder of the zoo to compare with.")
    var before: String?

    func run() throws {
        try ForgeFolder.look(at: URL(fileURLWithPath: out), for: .zoo)
        let meter = Meter()
        let work = Work(isCancelled: { false }, report: { meter.show($0, $1) })
        let made = try zoo.make(from: source, tasks: tasks, work: work)
        let old = try before.map { try Zoo.load(path: $0, name: zoo.rawValue) }
        try zoo.write(made, from: source, to: URL(fileURLWithPath: out))
        print("\(made.models.count) models, \(made.datasets.count) datasets, \(made.results.count) results.")
        for item in made.report.items {
            let examples = item.examples.isEmpty ? "" : " (\(item.examples.joined(separator: "; ")))"
            print("\(item.action.rawValue): \(item.count) \(item.what)\(examples)")
        }
        // As it will be loaded.
        let written = try Zoo.load(path: out, name: zoo.rawValue)
        for line in old.map({ ZooChanges(from: $0, to: written).lines }) ?? [] { print(line) }
    }
}

extension PublicZoo: ExpressibleByArgument {}

/// Shows how far the work is, each whole per cent once.
final class Meter: Sendable {
    private let clock = ContinuousClock.now
    private let shown = Lock(-1)

    func show(_ stage: String, _ fraction: Double) {
        let percent = Int(fraction * 100)
        let isNew = shown.with { last in
            guard percent > last else { return false }
            last = percent
            return true
        }
        guard isNew else { return }
        let seconds = Int((ContinuousClock.now - clock) / .seconds(1))
        FileHandle.standardError.write(Data("\(percent) % \(stage) (\(seconds) s)\n".utf8))
    }
}

ZooForgeTool.main()
