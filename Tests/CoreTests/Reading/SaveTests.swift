import Foundation
import Testing
import TransferGraphCore

/// A zoo that is saved and loaded is the same zoo.
struct SaveTests {
    private func expectSame(_ a: Zoo, _ b: Zoo) {
        #expect(a.models == b.models)
        #expect(a.datasets.map(\.name) == b.datasets.map(\.name))
        #expect(a.datasets.map(\.aliases) == b.datasets.map(\.aliases))
        #expect(a.datasets.map(\.size) == b.datasets.map(\.size))
        #expect(a.datasets.map(\.carriesSignal) == b.datasets.map(\.carriesSignal))
        #expect(a.datasets.map(\.other) == b.datasets.map(\.other))
        for (x, y) in zip(a.datasets, b.datasets) {
            #expect(x.metric.name == y.metric.name && x.metric.scale == y.metric.scale)
            #expect(x.metric.higherIsBetter == y.metric.higherIsBetter)
        }
        #expect(a.results == b.results)
        #expect(a.runs == b.runs)
        #expect(a.runRanges == b.runRanges)
        #expect(a.modelMetadata.columns.map(\.name) == b.modelMetadata.columns.map(\.name))
        expectSame(a.modelMetadata, b.modelMetadata)
        expectSame(a.datasetMetadata, b.datasetMetadata)
        if let first = a.resultMetadata, let second = b.resultMetadata { expectSame(first, second) }
        #expect((a.resultMetadata == nil) == (b.resultMetadata == nil))
        #expect(a.scores == b.scores)
        #expect(a.distances?.range == b.distances?.range)
        #expect(a.lineage == b.lineage)
        #expect(a.datasetEmbeddings == b.datasetEmbeddings)
        let (x, y) = (a.reading?.entries.map(Self.logged) ?? [], b.reading?.entries.map(Self.logged) ?? [])
        #expect(x == y)
    }

    /// What the log says of an entry, names as texts.
    private static func logged(_ entry: Reading.Entry) -> [String?] {
        [
            entry.model, entry.dataset, entry.config, entry.split, entry.metric, entry.value.map { "\($0)" },
            entry.written,
            entry.decision.scale.rawValue, entry.decision.higherIsBetter.map { "\($0)" }, entry.file,
            entry.line.map { "\($0)" }, entry.decision.reason.code, entry.provenance.standing.code,
        ]
    }

    private func expectSame(_ a: MetadataTable, _ b: MetadataTable) {
        #expect(a.rowCount == b.rowCount)
        for column in a.columns {
            guard let other = b.column(column.name) else {
                Issue.record("no column \(column.name)")
                continue
            }
            #expect(column.values.kind == other.values.kind, "\(column.name)")
            for row in 0..<a.rowCount { #expect(a.value(row, column) == b.value(row, other), "\(column.name) \(row)") }
        }
    }

    /// Whoever reads a layout that it does not know reads it wrongly; what names no version is the first.
    @Test func aSavedZooNamesItsLayoutAndALaterOneIsRefused() throws {
        let directory = try TemporaryZoo()
        try directory.write("model,dataset,score\na,x,0.5\nb,x,0.75\n", to: "results.csv")
        let folder = directory.path + "/saved"
        _ = try ZooWriter(try Zoo.load(path: directory.path + "/results.csv")).write(to: folder)
        let columns = folder + "/columns.csv"
        let written = try String(contentsOfFile: columns, encoding: .utf8)
        #expect(written.hasPrefix("table,column,type\nzoo,format,1\n"))
        let older = written.replacing("zoo,format,1\n", with: "")
        try older.write(toFile: columns, atomically: true, encoding: .utf8)
        #expect(try Zoo.load(path: folder).results.count == 2)
        let later = written.replacing("zoo,format,1", with: "zoo,format,2")
        try later.write(toFile: columns, atomically: true, encoding: .utf8)
        #expect(throws: ZooError.laterFormat(version: 2, known: 1, path: "columns.csv")) { try Zoo.load(path: folder) }
    }

    private func reloaded(_ zoo: Zoo) throws -> Zoo {
        let directory = try TemporaryZoo()
        let folder = directory.path + "/saved"
        _ = try ZooWriter(zoo).write(to: folder)
        return try Zoo.load(path: folder)
    }

    /// Random zoos with everything that a table can hold.
    @Test(arguments: 0..<40)
    func anyZooComesBackAsItWas(seed: Int) throws {
        let zoo = try Self.random(seed: UInt64(seed))
        expectSame(zoo, try reloaded(zoo))
    }

    @Test func theBuiltInZooComesBackAsItWas() throws {
        let zoo = try #require(try BuiltInZoo.load("words"))
        expectSame(zoo, try reloaded(zoo))
    }

    @Test func vectorsOfDatasetsWithLineEndsAndQuotesInTheirNamesComeBack() throws {
        var facts = Facts()
        facts.beginSource("made", format: .tidy)
        let place = Facts.Place(file: facts.addFile("made.csv"), line: 1)
        let datasets = ["two\nlines", "\"quoted\"", "\"half", "back\\slash\r\nend", "plain", "line\u{2028}end"]
        for (index, dataset) in datasets.enumerated() {
            facts.add(model: "m", dataset: dataset, written: "0.\(index + 1)", at: place)
            facts.add(embedding: [Float(index), 1], dataset: dataset, at: place)
        }
        let zoo = try ZooChoice(facts).zoo(name: "saved", source: "made")
        #expect(zoo.datasetEmbeddings?.vectors.count { $0 != nil } == datasets.count)
        expectSame(zoo, try reloaded(zoo))
    }

    @Test func whatIsSaidAboutAZooIsKept() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\na,d,0.5\n", ["about.txt": "Measured by us.\n\n  Licence: CC0.\r\n"])
        #expect(zoo.about == ["Measured by us.", "Licence: CC0."])
        #expect(try reloaded(zoo).about == zoo.about)
        #expect(zoo.renamed("other").about == zoo.about)
    }

    @Test(
        .enabled(if: SharedFiles.areThere),
        arguments: ["zoos/transfergraph/image_classification", "zoos/small/cnn-32x7"])
    func realZoosComeBackAsTheyWere(path: String) throws {
        let zoo = try Zoo.load(path: SharedFiles.path(path))
        expectSame(zoo, try reloaded(zoo))
    }

    @Test func aFolderWithOtherThingsIsLeftAlone() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,0.5\n")
        let directory = try TemporaryZoo(["thesis.tex": "years of work"])
        #expect(throws: ZooError.self) { try ZooWriter(zoo).write(to: directory.path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["thesis.tex"])
        let own = try TemporaryZoo(["records.csv": "model,dataset,score\n"])
        #expect(throws: ZooError.self) { try ZooWriter(zoo).write(to: own.path) }
    }

    @Test func aSavedFolderIsWrittenAgain() throws {
        let directory = try TemporaryZoo()
        let folder = directory.path + "/saved"
        let large = try Self.random(seed: 3)
        _ = try ZooWriter(large).write(to: folder)
        let small = try TableCase.zoo("model,dataset,score\na,d,0.5\n")
        _ = try ZooWriter(small).write(to: folder)
        expectSame(small, try Zoo.load(path: folder))
    }

    private static func random(seed: UInt64) throws -> Zoo {
        var generator = SeededGenerator(seed: seed)
        let letters = ["a", "b", "-", "_", ",", "\"", ";", "é", "\\", "[", "]", "'", " ", "0", "/", "|", "\n", "NA"]
        func word() -> String {
            "x" + (0..<generator.index(below: 5)).map { _ in letters[generator.index(below: letters.count)] }.joined()
                + "y"
        }
        var facts = Facts()
        facts.beginSource("made", format: .tidy)
        let file = facts.addFile("made.csv")
        var line = 0
        func place() -> Facts.Place {
            line += 1
            return .init(file: file, line: line)
        }
        let models = (0..<6).map { "m\($0)\(word())" }
        let datasets = (0..<4).map { "d\($0)\(word())" }
        let metrics = ["accuracy", "wer", "rmse", nil, "quality"]
        for dataset in datasets {
            let metric = metrics[generator.index(below: metrics.count)]
            if generator.index(below: 2) == 0 {
                facts.describe(dataset: dataset, "metric", .category(metric ?? "mos"), at: place())
            }
            if generator.index(below: 3) == 0 {
                facts.describe(
                    dataset: dataset, "higher_is_better", .truth(generator.index(below: 2) == 0), at: place())
            }
            facts.describe(dataset: dataset, "size", .number(Double(generator.index(below: 10_000))), at: place())
            facts.describe(dataset: dataset, "domains", .set([word(), word()]), at: place())
            for model in models where generator.index(below: 4) > 0 {
                for _ in 0...generator.index(below: 2) {
                    let value = generator.uniform() * (metric == "rmse" ? 20 : generator.index(below: 5) == 0 ? 100 : 1)
                    facts.add(
                        model: model, dataset: dataset, metric: metric,
                        written: generator.index(below: 12) == 0 ? "OOM" : "\(value)", at: place())
                }
            }
        }
        for model in models {
            facts.describe(model: model, "parameters", .number((generator.uniform() * 1e9).rounded()), at: place())
            facts.describe(model: model, "license", .category(word()), at: place())
            facts.describe(model: model, "notes", .text(word() + " " + word()), at: place())
            facts.describe(model: model, "tags", .set([word(), word(), word()]), at: place())
            if generator.index(below: 2) == 0 {
                facts.describe(model: model, "pretrained_on", .set([datasets[0], word()]), at: place())
            }
            for dataset in datasets where generator.index(below: 2) == 0 {
                facts.add(score: "LogME", model: model, dataset: dataset, value: generator.normal(), at: place())
            }
        }
        for a in 0..<4 {
            for b in 0..<a {
                facts.add(distance: generator.uniform(), between: datasets[a], and: datasets[b], at: place())
            }
        }
        facts.link(models[1], to: models[0], relation: .adapter, source: "base_model", at: place())
        facts.link(models[2], to: "elsewhere", relation: .finetune, source: "body", at: place())
        for dataset in datasets.prefix(3) {
            facts.add(embedding: (0..<3).map { _ in Float(generator.normal()) }, dataset: dataset, at: place())
        }
        facts.alias(.dataset, "other name", of: datasets[0])
        return try ZooChoice(facts).zoo(name: "saved", source: "made")
    }
}
