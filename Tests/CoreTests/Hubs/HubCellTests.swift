import Foundation
import Testing
import TransferGraphCore

/// Every cell of `../shared/zoos/hubs/cells.json`, which a person checked against the files, by what the readers say.
@Suite(.enabled(if: SharedFiles.areThere, "Skipped: the snapshots of hubs (../shared/zoos/hubs) are not here."))
struct HubCellTests {
    struct Cell: Decodable {
        struct Link: Decodable {
            let parent: String
            let relation: String
        }
        let id: String
        let source: String
        let file: String
        let model: String
        let dataset: String?
        let metric: String?
        let value: Double?
        let direction: String?
        let scale: String?
        let lineage: [Link]?
    }

    private static let readers: [String: (folder: String, reader: any ZooReader)] = [
        "huggingface": ("huggingface/cards", HuggingFaceReader()), "torchvision": ("torchvision", TorchvisionReader()),
        "timm": ("timm", TimmReader()), "keras": ("keras", KerasReader()), "mteb": ("mteb", MTEBReader()),
        "tfhub": ("tfhub.dev", TFHubReader()),
    ]

    /// What the cells' words for people are called in the files.
    private static let datasets: [String: (name: String, config: String?)] = [
        "Common Voice (config fr; no type given)": ("Common Voice", "fr"),
        "FinanceInc/auditor_sentiment (split validation)": ("FinanceInc/auditor_sentiment", nil),
        "HuggingFaceH4/ifeval (few-shot 0)": ("HuggingFaceH4/ifeval", nil),
        "ImageNet-1k validation, at 288": ("imagenet", nil), "ImageNet-ReaL": ("imagenet-real", nil),
        "STSBenchmark (hub dataset mteb/stsbenchmark-sts)": ("STSBenchmark", nil),
    ]

    @Test func everyCellIsRead() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: SharedFiles.path("zoos/hubs/cells.json")))
        let cells = try JSONDecoder().decode([Cell].self, from: data)
        #expect(cells.count >= 14)
        var read: [String: Facts] = [:]
        for cell in cells {
            let (folder, reader) = try #require(Self.readers[cell.source], "\(cell.id)")
            let facts = try read[cell.source] ?? HubFacts.read(shared: folder, reader)
            read[cell.source] = facts
            if cell.metric != nil { try check(cell, facts, folder) }
            for link in cell.lineage ?? [] {
                let versionless = { (name: String) in cell.source == "tfhub" ? Self.withoutVersion(name) : name }
                #expect(
                    facts.parents(of: versionless(cell.model))[versionless(link.parent)] == link.relation, "\(cell.id)")
            }
        }
    }

    private func check(_ cell: Cell, _ facts: Facts, _ folder: String) throws {
        let wanted = cell.dataset.map { Self.datasets[$0] ?? ($0, nil) }
        let file = cell.file.dropFirst(folder.count + 1)
        let rows = facts.rows.filter { row in
            row.model == cell.model && row.dataset == wanted?.name && row.file == file
                && row.metric?.lowercased() == cell.metric?.lowercased()
        }
        try #require(!rows.isEmpty, "\(cell.id): \(cell.model)")
        if let config = wanted?.config { #expect(rows.allSatisfy { $0.config == config }, "\(cell.id)") }
        if let value = cell.value {
            #expect(rows.contains { abs(($0.value ?? .nan) - value) <= 1e-9 * abs(value) }, "\(cell.id)")
        } else {
            #expect(rows.allSatisfy { $0.value == nil }, "\(cell.id)")
        }
        if cell.scale == "percent" {
            #expect(rows.allSatisfy { $0.scale == .percent || ($0.value ?? 0) > 1 }, "\(cell.id)")
        }
        if let direction = cell.direction, let metric = cell.metric {
            let said = facts.direction(of: metric, model: cell.model) ?? MetricKnowledge.higherIsBetter(metric)
            #expect(said == (direction == "higher"), "\(cell.id)")
        }
    }

    /// `a/b/classification/3` is `a/b/classification`; what follows a space says the kind.
    private static func withoutVersion(_ name: String) -> String {
        let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
        let handle = parts[0].replacing(/\/\d+$/, with: "")
        return parts.count > 1 ? "\(handle) \(parts[1])" : handle
    }

    @Test func modelsHaveTheParametersThatTheCellsName() throws {
        let timm = try HubFacts.read(shared: "timm", TimmReader())
        #expect(timm.values("eva_giant_patch14_560.m30m_ft_in22k_in1k", "parameters").first == .number(1_014_450_000))
        let torchvision = try HubFacts.read(shared: "torchvision", TorchvisionReader())
        #expect(torchvision.values("resnet50 / IMAGENET1K_V2", "parameters").first == .number(25_557_032))
        let keras = try HubFacts.read(shared: "keras/keras-applications.csv", KerasReader())
        #expect(keras.values("ConvNeXtTiny", "parameters").first == .number(28_600_000))
        #expect(keras.rows.first { $0.model == "ConvNeXtTiny" && $0.metric == "Top-5 Accuracy" }?.value == nil)
    }
}
