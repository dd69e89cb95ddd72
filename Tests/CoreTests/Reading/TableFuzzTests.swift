import Foundation
import Testing
import TransferGraphCore

/// Seeded noise for the reader of tables. `TRANSFERGRAPH_FUZZ_SECONDS` sets how long all of its tests run.
struct TableFuzzTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["TRANSFERGRAPH_FUZZ_SECONDS"].flatMap { Double($0) } ?? 1

    private static let files = [
        "records.csv", "models.csv", "datasets.csv", "scores.csv", "similarity.csv", "lineage.csv", "measurements.csv",
        "columns.csv", "embeddings.txt", "records.jsonl",
    ]

    private static let pieces = [
        "model", "dataset", "score", ",", ";", "\t", "|", "\n", "\r\n", "\"", "\"\"", "a", "b", "0.5", "93%", "1,234",
        "0,5", "±",
        "NaN", "OOM", "{", "}", "[", "]", ":", "sep=;", "\u{FEFF}", "é", "\u{0}", "-", "*", "1e999", "wer", "accuracy",
        "model,dataset,score\n", "model,parent\n", "dataset_a,dataset_b,distance\n", "table,column,type\n", "metric",
        "{\"model\": \"a\", \"dataset\": \"d\", \"score\": 1}\n", "used", "reason", "runs", "higher_is_better", "true",
        String(repeating: ",", count: 500), String(repeating: "x", count: 3000), "Average", "|---|", " ",
    ]

    /// Whatever stands in the files, loading ends: with a zoo whose numbers are finite, or with an error that says why.
    @Test func whateverATableHoldsLoadingEnds() throws {
        var generator = SeededGenerator(seed: 0x7AB1E)
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var loaded = 0
        while ContinuousClock.now < end {
            let directory = try TemporaryZoo()
            for name in Self.files where name == "records.csv" || generator.index(below: 4) == 0 {
                var text = generator.index(below: 2) == 0 ? "model,dataset,score\na,d,0.5\nb,d,0.6\n" : ""
                for _ in 0..<generator.index(below: 60) {
                    text += Self.pieces[generator.index(below: Self.pieces.count)]
                }
                var bytes = Data(text.utf8)
                for _ in 0..<generator.index(below: 3) where !bytes.isEmpty {
                    bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
                }
                try bytes.write(to: directory.url.appendingPathComponent(name))
            }
            var options = ReadingOptions()
            if generator.index(below: 3) == 0 { options.scale = .fraction }
            if generator.index(below: 3) == 0 { options.mergeNames = .reported }
            if generator.index(below: 5) == 0 { options.by = .parent }
            do {
                let zoo = try Zoo.load(paths: [directory.path], options: options)
                #expect(zoo.results.values.allSatisfy { $0.isFinite })
                #expect(zoo.results.models.allSatisfy { Int($0) < zoo.models.count })
                _ = zoo.reading?.entries.reduce(0) { $0 + $1.written.count }
                loaded += 1
            } catch is ZooError {}
        }
        #expect(loaded > 0)
    }

    /// A table with noise in its fields is the table without those rows.
    @Test func noiseInTheResultsLeavesTheOtherRowsAsTheyAre() throws {
        var generator = SeededGenerator(seed: 0x50F7)
        let end = ContinuousClock.now + .seconds(Self.seconds / 4)
        repeat {
            var clean = "model,dataset,score\n"
            var noisy = clean
            for model in 0..<20 {
                for dataset in 0..<3 {
                    let row = "m\(model),d\(dataset),\(generator.uniform())\n"
                    let isNoise = generator.index(below: 4) == 0
                    noisy +=
                        isNoise
                        ? "m\(model),d\(dataset),\(["NA", "", "OOM", "?", "none yet"][generator.index(below: 5)])\n"
                        : row
                    if !isNoise { clean += row }
                }
            }
            let (a, b) = (try TableCase.zoo(clean), try TableCase.zoo(noisy))
            #expect(a.results.values == b.results.values)
            #expect(a.models.map(\.name) == b.models.map(\.name))
        } while ContinuousClock.now < end
    }
}
