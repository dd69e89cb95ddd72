import CZlib
import Foundation
import Testing
import TransferGraphCore

/// Files of hubs as they lie on a disk: packed, large, and read by several threads.
@Suite struct HubFileTests {
    private static let dump = """
        {"modelId": "a/one", "tags": ["dataset:birds", "license:mit"], "pipeline_tag": "image-classification"}
        {"modelId": "a/two", "tags": ["base_model:finetune:a/one"], "model-index": [{"name": "x", "results": [{"task": {"type": "t"}, "dataset": {"name": "Birds", "type": "birds"}, "metrics": [{"type": "accuracy", "value": 0.9}]}]}]}
        """

    private func gzip(_ data: Data) throws -> Data {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = gzopen(path, "wb")
        _ = data.withUnsafeBytes { gzwrite(file, $0.baseAddress, UInt32($0.count)) }
        gzclose(file)
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test func aPackedDumpIsReadAsTheDumpItIs() throws {
        let text = Data(Self.dump.utf8)
        let plain = try HubFolder()
        try plain.write(text, to: "models.jsonl")
        let expected = try plain.facts(HuggingFaceReader())
        #expect(expected.rows.count == 1 && expected.links.count == 1)
        for (name, data) in [("models.jsonl.gz", try gzip(text)), ("models.jsonl.zst", Compression.zstd(text))] {
            let folder = try HubFolder()
            try folder.write(data, to: name)
            let place = try #require(ReadingPlace(folder.url.path))
            #expect(HuggingFaceReader().recognises(place))
            let facts = try folder.facts(HuggingFaceReader())
            #expect(facts.rows.map(\.value) == expected.rows.map(\.value))
            #expect(facts.describedModels == expected.describedModels)
            let file = try folder.facts(HuggingFaceReader(), in: name)
            #expect(file.describedModels == expected.describedModels)
            #expect(try Zoo.load(path: folder.url.path).models.map(\.name) == ["a/one"])
        }
    }

    @Test func aDamagedPackedFileIsLeftOutWithItsReason() throws {
        let folder = try HubFolder()
        try folder.write(Data(Self.dump.utf8), to: "models.jsonl")
        // Whole at its beginning, by which it is recognised, and cut off later.
        var large = Self.dump
        for index in 0..<4000 { large += "\n{\"modelId\": \"b/\(index)\", \"tags\": [\"\(index * 7919 % 1000)\"]}" }
        let packed = try gzip(Data(large.utf8))
        try folder.write(packed.prefix(packed.count - 200), to: "more.jsonl.gz")
        let facts = try folder.facts(HuggingFaceReader())
        #expect(facts.count(noted: "dumps that cannot be read") == 1)
        #expect(facts.describedModels == ["a/one", "a/two"])
    }

    @Test func tablesOfPapersWithCodeAreReadPacked() throws {
        let text =
            #"[{"task": "T", "datasets": [{"dataset": "D", "sota": {"metrics": ["Accuracy"], "rows": [{"model_name": "M", "metrics": {"Accuracy": "90.1"}}]}}], "subtasks": []}]"#
        let folder = try HubFolder()
        try folder.write(gzip(Data(text.utf8)), to: "evaluation-tables.json.gz")
        let zoo = try Zoo.load(path: folder.url.path)
        #expect(zoo.format == "paperswithcode" && zoo.results.count == 1)
    }

    /// One value of many megabytes: nothing but the parser could ask.
    @Test func readingOneLargeFileStopsWhenItIsTold() throws {
        var list = "[{\"modelId\": \"a/b\", \"tags\": [\"x\""
        for index in 0..<4_000_000 { list += ",\"\(index)\"" }
        list += "]}]"
        let folder = try HubFolder()
        try folder.write(Data(list.utf8), to: "models.json")
        let tables = "[{\"task\": \"T\", \"datasets\": [], \"subtasks\": []," + list.dropFirst(2)
        let papers = try HubFolder()
        try papers.write(Data(tables.utf8), to: "tables.json")
        for (reader, path) in [
            (HuggingFaceReader() as any ZooReader, folder.url.path), (PapersWithCodeReader(), papers.url.path),
        ] {
            let place = try #require(ReadingPlace(path))
            let late = try CancellationClock.delay(after: .milliseconds(60)) { work in
                var facts = Facts()
                facts.beginSource(path, format: reader.format)
                try reader.read(place, options: ReadingOptions(), into: &facts, work: work)
            }
            #expect(late < .milliseconds(400), "\(reader.format)")
        }
    }

    @Test(
        .enabled(if: SharedFiles.areThere, "Skipped: the snapshots of hubs (../shared/zoos/hubs) are not here."),
        arguments: ["huggingface/cards", "huggingface/hub-cache", "mteb"])
    func anyNumberOfThreadsReadsTheSameFacts(_ folder: String) throws {
        let reader: any ZooReader = folder == "mteb" ? MTEBReader() : HuggingFaceReader()
        let read = { (count: Int) in
            try ReadingThreads.$count.withValue(count) { try HubFacts.read(shared: folder, reader) }
        }
        let one = try read(1)
        for count in [2, 3, 8] {
            let several = try read(count)
            #expect(several.rows == one.rows)
            #expect(several.statements == one.statements)
            #expect(several.links == one.links)
            #expect(several.leftOut == one.leftOut)
            #expect(several.files == one.files)
            #expect(several.provenances == one.provenances)
        }
    }

    /// embeddings-benchmark/results#48: some main scores times a hundred.
    @Test func aMainScoreTimesAHundredIsAPercentAndASpeedIsNone() throws {
        func result(_ task: String, _ score: Double) -> String {
            "{\"task_name\": \"\(task)\", \"scores\": {\"test\": [{\"main_score\": \(score), \"hf_subset\": \"default\"}]}}"
        }
        let folder = try HubFolder([
            "results/o__a/1/T.json": result("T", 66), "results/o__b/1/T.json": result("T", 0.61),
            "results/o__c/1/T.json": result("T", -0.1), "results/o__a/1/CPUSpeedTask.json": result("CPUSpeedTask", 80),
        ])
        let zoo = try Zoo.load(path: folder.url.path)
        let task = try zoo.dataset(named: "T")
        #expect(try zoo.result(zoo.model(named: "o/a"), on: task) == 0.66)
        #expect(try zoo.result(zoo.model(named: "o/c"), on: task) == -0.1)
        #expect(zoo.datasets[task].metric.scale == .fraction)
        #expect(
            zoo.report.items.contains { $0.what.hasPrefix("results in fractions beside percents") && $0.count == 1 })
        let speed = try zoo.dataset(named: "CPUSpeedTask")
        #expect(try zoo.result(zoo.model(named: "o/a"), on: speed) == 80)
    }

    @Test func aTableOfTimmWithAByteOrderMarkIsOne() throws {
        let folder = try HubFolder([
            "results-imagenet.csv":
                "\u{FEFF}model,img_size,top1,top1_err,top5,top5_err,param_count,crop_pct,interpolation\r\na.in1k,224,80.1,19.9,95,5,10.5,0.9,bicubic\r\n"
        ])
        let zoo = try Zoo.load(path: folder.url.path)
        #expect(zoo.format == "timm" && zoo.datasets.map(\.name).contains("imagenet") && zoo.results.count == 1)
    }

    @Test func tablesInHTMLAreTables() throws {
        let text = """
            Before <b>it</b>.
            <table>
              <thead><tr><th>Model</th><th colspan="2">Acc@1 / Acc@5</th></tr></thead>
              <tr><td><a href="x">net_a</a></td><td>70.1</td>
                  <td>90.2</td></tr>
              <tr><td>net_b<td>71.5<td>
            </table>

            | Model | Acc@1 |
            |---|---|
            | net_c | 60 |
            """
        let tables = MarkdownTables.tables(in: text.split(separator: "\n", omittingEmptySubsequences: false))
        #expect(tables.count == 2)
        #expect(tables[0].header == ["Model", "Acc@1 / Acc@5", "Acc@1 / Acc@5"])
        #expect(tables[0].rows.map(\.line) == [4, 6])
        #expect(
            tables[0].rows.map { $0.fields.map(MarkdownText.plain) } == [
                ["net_a", "70.1", "90.2"], ["net_b", "71.5", ""],
            ])
        #expect(tables[1].header == ["Model", "Acc@1"])
    }
}
