import Foundation
import Support
import Synchronization
import Testing
import TransferGraphCore

/// Loading can be interrupted wherever it is, and tells how far it is.
struct LoadingInterruptTests {
    /// Counts what is asked and told, and says stop from a question on.
    private final class Watch: Sendable {
        let questions = Mutex(0)
        let fractions = Mutex<[Double]>([])
        let limit: Int

        init(stoppingAt limit: Int = .max) { self.limit = limit }

        var work: Work {
            Work(
                isCancelled: {
                    self.questions.withLock { count in
                        count += 1
                        return count >= self.limit
                    }
                },
                report: { _, fraction in self.fractions.withLock { $0.append(fraction) } })
        }
    }

    /// An interrupt at any moment ends the load with `Cancelled`: what was read by then never passes for the whole.
    private func check(_ path: String) throws {
        let whole = Watch()
        _ = try Zoo.load(paths: [path], work: whole.work)
        let count = whole.questions.withLock { $0 }
        let fractions = whole.fractions.withLock { $0 }
        #expect(!fractions.isEmpty, "\(path) tells no progress")
        #expect(fractions.allSatisfy { (0...1).contains($0) }, "\(path)")
        for share in [0, 0.1, 0.3, 0.5, 0.7, 0.9] {
            let watch = Watch(stoppingAt: 1 + Int(Double(count - 1) * share))
            #expect(throws: Cancelled.self, "\(path) at \(share)") {
                _ = try Zoo.load(paths: [path], work: watch.work)
            }
        }
    }

    @Test(
        .enabled(if: SharedFiles.areThere),
        arguments: [
            "huggingface/cards", "huggingface/hub-cache", "huggingface/cloned", "huggingface/api-model-info.jsonl",
            "tfhub.dev",
            "pytorch-hub", "torchvision", "timm/results", "mteb/results", "keras", "paperswithcode",
        ])
    func everyHub(_ folder: String) throws { try check(SharedFiles.path("zoos/hubs/data/" + folder)) }

    @Test(arguments: ["csv", "jsonl", "json", "md", "wide.csv"])
    func everyTable(_ kind: String) throws {
        let rows = (0..<40_000).map { ("m\($0 % 400)", "d\($0 / 400)", "0.\($0)") }
        let text: String
        switch kind {
        case "csv": text = "model,dataset,score\n" + rows.map { "\($0),\($1),\($2)\n" }.joined()
        case "md":
            text = "| model | dataset | score |\n|---|---|---|\n" + rows.map { "| \($0) | \($1) | \($2) |\n" }.joined()
        case "wide.csv":
            let header = (0..<100).map { "d\($0)" }.joined(separator: ",")
            let lines = (0..<400).map { model in
                "m\(model)," + (0..<100).map { "0.\($0 * 7 + model)" }.joined(separator: ",")
            }
            text = "model,\(header)\n" + lines.joined(separator: "\n")
        default:
            let objects = rows.map { #"{"model": "\#($0)", "dataset": "\#($1)", "score": \#($2)}"# }
            text = kind == "jsonl" ? objects.joined(separator: "\n") : "[" + objects.joined(separator: ",\n") + "]"
        }
        let folder = try HubFolder(["results.\(kind)": text])
        try check(folder.url.appendingPathComponent("results.\(kind)").path)
    }

    @Test func trainersFolders() throws {
        let runs = (0..<300).map { index in
            ("m\(index % 20)/d\(index / 20)/all_results.json", #"{"eval_accuracy": 0.\#(100 + index)}"#)
        }
        let folder = try HubFolder(Dictionary(uniqueKeysWithValues: runs))
        try check(folder.url.path)
    }

    @Test func aModelLensCorpus() throws {
        let rows = (0..<20_000).map { "t,d\($0 % 50),o/m\($0 / 50),accuracy,0.\($0),text\n" }.joined()
        let folder = try HubFolder([
            "data.csv": "task,dataset,model,metric,value,dataset_desp\n" + rows, "model2family.json": "{}",
            "model_profile.json": "{}", "model_popularity.json": "{}",
        ])
        try check(folder.url.path)
    }
}
