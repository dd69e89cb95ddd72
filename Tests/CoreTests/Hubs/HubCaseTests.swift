import Foundation
import Testing
import TransferGraphCore

/// Every case of `../shared/cases/hubs` as a zoo: what its `expected.json` says.
@Suite(.enabled(if: SharedFiles.areThere, "Skipped: the small cases (../shared/cases) are not here."))
struct HubCaseTests {
    private struct Expected: Decodable {
        struct Cell: Decodable {
            let model: String?
            let dataset: String?
            let metric: String?
            let value: Double?
            let written: String?
            let verified: Bool?
            let note: String?
            let split: String?
        }
        struct Link: Decodable {
            let child: String
            let parent: String
            let relation: String
        }
        let cells: [Cell]?
        let values: [Cell]?
        let models: [String]?
        let datasets: [String]?
        let lineage: [Link]?
        let disagreements: [Cell]?
        let alsoSeen: [Cell]?
        let messagesAbout: [String]?
        let leftOut: Int?
        let language: [String]?
        let trainedOn: [String]?
        let parametersMillions: [String: Double]?
        let unmatchedMetadata: [String]?
    }

    private static let cases = [
        "01-one-result-without-dataset", "02-config-and-split-lost", "03-eval-results-is-text",
        "04-one-bad-card-among-three", "05-datasets-null", "06-norway", "07-verified-and-self-reported",
        "09-none-as-text",
        "10-mteb-without-main-score", "11-same-task-under-two-names", "12-external-folder", "13-errors-and-accuracies",
        "15-timm-renamed-and-two-sizes", "16-numbers-as-people-write-them",
    ]

    @Test func noCaseIsForgotten() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: SharedFiles.path("cases/hubs"))
        #expect(Set(folders.filter { $0.first?.isNumber == true }) == Set(Self.cases))
    }

    @Test(arguments: cases) func aCaseComesOutAsExpected(_ name: String) throws {
        let folder = SharedFiles.path("cases/hubs/" + name)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try decoder.decode(
            Expected.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json")))
        let zoo = try load(folder)
        let reading = try #require(zoo.reading)
        let entries = (0..<reading.facts.measurements.count).compactMap { reading.entry($0) }
        for cell in expected.cells ?? [] {
            try check(cell, zoo)
            guard cell.verified != nil || cell.note != nil else { continue }
            let entry = try #require(
                entries.first { $0.decision.reason.isUsed && $0.dataset == cell.dataset || close($0.value, cell.value) }
            )
            // What the source says of the number: that the hub checked it.
            if cell.verified == true { #expect(entry.provenance.standing == .verified) }
            // `map for map_at_1000`: it is said what was taken for what.
            if let note = cell.note {
                let isSaid = zoo.report.items.contains { item in
                    item.examples.contains { example in
                        example.contains(cell.dataset ?? "")
                            && note.split(separator: " ").allSatisfy { example.contains($0) }
                    }
                }
                #expect(isSaid, "\(note) is said nowhere")
            }
        }
        if let cells = expected.cells { #expect(zoo.results.count == cells.count) }
        for cell in expected.values ?? [] {
            let entry = try #require(entries.first { $0.dataset == cell.dataset }, "\(cell.dataset ?? "")")
            #expect(close(entry.value, cell.value), "\(cell.dataset ?? ""): \(String(describing: entry.value))")
        }
        for other in (expected.disagreements ?? []) + (expected.alsoSeen ?? []) {
            let isShown = entries.contains { entry in
                !entry.decision.reason.isUsed && close(entry.value, other.value)
                    && (other.model == nil || entry.model == other.model)
            }
            #expect(isShown, "\(other.value ?? .nan) is shown nowhere")
        }
        if let models = expected.models { #expect(Set(zoo.models.map(\.name)) == Set(models)) }
        if let datasets = expected.datasets { #expect(Set(zoo.datasets.map(\.name)) == Set(datasets)) }
        for link in expected.lineage ?? [] {
            let facts = reading.facts
            #expect(facts.parents(of: link.child)[link.parent] == link.relation)
        }
        for about in expected.messagesAbout ?? [] {
            #expect(zoo.report.items.contains { $0.examples.contains { $0.contains(about) } }, "no word about \(about)")
        }
        if let count = expected.leftOut {
            #expect(entries.count { $0.decision.reason == .noDataset } == count)
        }
        if let languages = expected.language, let model = expected.models?.first {
            #expect(reading.facts.values(model, "language") == [.set(languages)])
        }
        if let datasets = expected.trainedOn {
            #expect(zoo.models[0].pretrainingDatasets.map { zoo.datasets[$0].name } == datasets)
        }
        for (model, millions) in expected.parametersMillions ?? [:] {
            let index = try zoo.model(named: model)
            #expect(close(zoo.models[index].parameters, millions * 1e6))
        }
        for name in expected.unmatchedMetadata ?? [] {
            #expect(zoo.report.items.contains { $0.examples.contains { $0.contains(name) } })
        }
    }

    private func load(_ folder: String) throws -> Zoo {
        var options = ReadingOptions()
        options.by = .checkpoint
        return try Zoo.load(paths: [folder], options: options)
    }

    private func check(_ cell: Expected.Cell, _ zoo: Zoo) throws {
        let model = try cell.model.map { try zoo.model(named: $0) }
        let dataset = try cell.dataset.map { try zoo.dataset(named: $0) } ?? 0
        let value = try #require(
            zoo.results[model: model ?? 0, dataset: dataset],
            "no result of \(cell.model ?? "") on \(cell.dataset ?? "")")
        let sign: Double = zoo.datasets[dataset].metric.higherIsBetter ? 1 : -1
        #expect(close(value * sign, cell.value), "\(cell.model ?? "") on \(cell.dataset ?? ""): \(value)")
        if let metric = cell.metric {
            #expect(
                zoo.datasets[dataset].metric.name.map(MetricKnowledge.canonical) == MetricKnowledge.canonical(metric))
        }
    }

    private func close(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return abs(a - b) <= 1e-9 * max(1, abs(b))
    }
}
