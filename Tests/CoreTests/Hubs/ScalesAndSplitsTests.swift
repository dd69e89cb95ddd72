import Foundation
import Testing
import TransferGraphCore

/// Which scale, direction and split results are on where files leave it to their numbers and names.
@Suite struct ScalesAndSplitsTests {
    private func card(_ model: String, _ results: String, parent: String? = nil, datasets: String? = nil) -> String {
        "---\n" + (parent.map { "base_model: \($0)\n" } ?? "") + (datasets.map { "datasets: [\($0)]\n" } ?? "")
            + "model-index:\n- name: \(model)\n  results:\n\(results)---\nA model.\n"
    }

    private func result(_ dataset: String, split: String? = nil, _ metrics: [(String, Double)]) -> String {
        "  - task: {type: text-classification}\n    dataset: {name: \(dataset), type: \(dataset)"
            + (split.map { ", split: \($0)" } ?? "") + "}\n    metrics:\n"
            + metrics.map { "    - {type: \($0.0), value: \($0.1)}\n" }.joined()
    }

    /// Results by model on the only dataset, of the cards under `o/`.
    private func values(_ cards: [String: String]) throws -> [String: Double] {
        let folder = try HubFolder(
            Dictionary(uniqueKeysWithValues: cards.map { ("o/\($0.key)/README.md", $0.value) }))
        var options = ReadingOptions()
        options.by = .checkpoint
        return try values(Zoo.load(paths: [folder.url.path], options: options))
    }

    private func values(_ zoo: Zoo) throws -> [String: Double] {
        let dataset = try #require(zoo.results.entries.map(\.dataset).first)
        var found: [String: Double] = [:]
        for (index, model) in zoo.models.enumerated() { found[model.name] = zoo.result(index, on: dataset) }
        return found
    }

    @Test func aBLEUSaysNothingOfTheAccuracyBesideIt() throws {
        let cards = [
            "a": card("a", result("d", [("accuracy", 0.91), ("bleu", 31.2)])),
            "b": card("b", result("d", [("accuracy", 0.82)])),
        ]
        #expect(try values(cards) == ["o/a": 0.91, "o/b": 0.82])
    }

    @Test func aBadBLEUBesideGoodOnesIsNoFraction() throws {
        let bleus = ["a": 28.1, "b": 0.7, "c": 0.4, "d": 31.0, "e": 26.2]
        let cards = Dictionary(
            uniqueKeysWithValues: bleus.map { ($0.key, card($0.key, result("d", [("bleu", $0.value)]))) })
        #expect(try values(cards)["o/b"] == 0.7)
        let others = ["a": 28.1, "b": 0.29, "c": 0.3, "d": 31.0]
        let mixed = Dictionary(
            uniqueKeysWithValues: others.map { ($0.key, card($0.key, result("d", [("bleu", $0.value)]))) })
        #expect(try #require(try values(mixed)["o/b"]).rounded() == 29)
    }

    @Test(arguments: ["a", "z"])
    func whatAModelDidOnItsOwnPreTrainingIsAFeatureAndWhatItsCopiesDidAreResults(_ copies: String) throws {
        let folder = try HubFolder([
            "p/q/README.md": card("q", result("d", [("accuracy", 0.99)]), datasets: "d"),
            "\(copies)/one/README.md": card("one", result("d", [("accuracy", 0.8)]), parent: "p/q"),
            "\(copies)/two/README.md": card("two", result("d", [("accuracy", 0.7)]), parent: "p/q"),
        ])
        let zoo = try Zoo.load(path: folder.url.path)
        #expect(try values(zoo)["p/q"] == 0.75)
    }

    /// More errors than words: a training that failed, and not the best of all.
    @Test func anErrorRateAboveOneBesideFractionsIsAFraction() throws {
        let rates = ["a": 1.05, "b": 0.42, "c": 0.31]
        let found = try values(
            Dictionary(
                uniqueKeysWithValues: rates.map {
                    ($0.key, card($0.key, result("cv", [("wer", $0.value), ("loss", 0.9)])))
                }
            ))
        #expect(found == ["o/a": 1.05, "o/b": 0.42, "o/c": 0.31])
        // As a percentage it is like the others.
        let small = ["a": 1.8, "b": 0.021, "c": 0.034]
        let percent = try values(
            Dictionary(
                uniqueKeysWithValues: small.map { ($0.key, card($0.key, result("ls", [("wer", $0.value)]))) }))
        #expect(abs(try #require(percent["o/a"]) - 0.018) < 1e-12)
    }

    /// A card's numbers are on one scale: beside a word error rate of 105 % a letter error rate of 0.2 is 20 %.
    @Test func whatStandsBesideAnErrorRateAboveOneIsAFractionToo() throws {
        func cards(_ rates: [String: [(String, Double)]]) throws -> HubFolder {
            try HubFolder(
                Dictionary(
                    uniqueKeysWithValues: rates.map { ("o/\($0.key)/README.md", card($0.key, result("cv", $0.value))) })
            )
        }
        var options = ReadingOptions()
        options.metric = "cer"
        options.by = .checkpoint
        let folder = try cards([
            "a": [("wer", 1.05), ("cer", 0.2)], "b": [("wer", 0.42), ("cer", 0.1)],
            "c": [("wer", 0.31), ("cer", 0.08)],
        ])
        let zoo = try Zoo.load(paths: [folder.url.path], options: options)
        #expect(try values(zoo).values.sorted() == [0.08, 0.1, 0.2])
        // As a percentage it is like the others, and so is what stands beside it.
        let small = try cards([
            "a": [("wer", 1.8), ("cer", 0.5)], "b": [("wer", 0.021), ("cer", 0.006)],
            "c": [("wer", 0.034), ("cer", 0.004)],
        ])
        let percent = try Zoo.load(paths: [small.url.path], options: options)
        #expect(abs(try #require(values(percent).values.max()) - 0.006) < 1e-12)
    }

    @Test func phoneErrorRatesMayBeAboveOne() throws {
        for name in ["per", "Phone Error Rate", "phoneme_error_rate"] {
            let found = try values(
                Dictionary(
                    uniqueKeysWithValues: ["a": 1.05, "b": 0.42, "c": 0.31].map {
                        ($0.key, card($0.key, result("timit", [(name, $0.value)])))
                    }))
            #expect(found == ["o/a": 1.05, "o/b": 0.42, "o/c": 0.31], "\(name)")
        }
    }

    @Test func oneResultInTwoScalesIsOneInPercent() throws {
        let found = try values([
            "a": card("a", result("cv", [("wer", 32.1)])),
            "b": card("b", result("cv", [("wer", 0.421), ("Wer", 42.1)])),
        ])
        #expect(found["o/a"] == 32.1)
        #expect(abs(try #require(found["o/b"]) - 42.1) < 1e-9)
    }

    @Test func linesOfACardMayEndAsOnOldMacs() throws {
        let cards = [
            "a": card("a", result("d", [("accuracy", 0.91)])), "b": card("b", result("d", [("accuracy", 0.82)])),
        ]
        #expect(try values(cards.mapValues { $0.replacing("\n", with: "\r") }) == ["o/a": 0.91, "o/b": 0.82])
    }

    @Test func smallAccuraciesOfTimmAreSmallPercents() throws {
        let folder = try HubFolder([
            "results-imagenet-a.csv": """
            model,img_size,top1,top1_err,top5,top5_err,param_count
            a.x,224,0.9,99.1,5.1,94.9,10
            b.x,224,60.2,39.8,80.0,20.0,20
            c.x,224,12.0,88.0,30.0,70.0,30

            """
        ])
        let zoo = try Zoo.load(path: folder.url.path)
        #expect(try values(zoo) == ["a.x": 0.9, "b.x": 60.2, "c.x": 12])
    }

    @Test func ofTwoTestSplitsTheOneOfMostModelsIsTaken() throws {
        func both(_ model: String, _ first: (String, Double), _ second: (String, Double)) -> String {
            card(
                model,
                result("ls", split: first.0, [("wer", first.1)]) + result("ls", split: second.0, [("wer", second.1)]))
        }
        let cards = [
            "n": both("n", ("test.clean", 3), ("test.other", 8)),
            "p": both("p", ("test.other", 6), ("test.clean", 2.5)),
            "q": card("q", result("ls", split: "test.clean", [("wer", 4)])),
        ]
        #expect(try values(cards) == ["o/n": 3, "o/p": 2.5, "o/q": 4])
    }

    @Test func anErrorBelowZeroIsTheNegativeOfOne() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,log_loss\na,pets,-0.281\nb,pets,-0.7\na,cars,-0.3\nb,cars,-0.4\n")
        #expect(zoo.datasets.allSatisfy { $0.metric.higherIsBetter })
    }

    /// Tables with a row for each dataset, which say of it how it is measured, under any header.
    @Test(arguments: [
        ("Metric (direction)", "accuracy (higher is better)", "RMSE (lower is better)", "perplexity (↓)"),
        ("Metric / unit", "accuracy", "RMSE", "perplexity"), ("metric_name", "accuracy", "rmse", "ppl"),
        ("Scored by", "top-1 accuracy", "MAE", "WER"), ("Arrow", "↑", "↓", "↓"),
    ])
    func howADatasetIsMeasuredIsReadUnderAnyHeader(
        _ header: String, _ first: String, _ second: String, _ third: String
    ) throws {
        let zoo = try TableCase.zoo(
            "Dataset,\(header),bert,gpt2,t5\nsst2,\(first),0.91,0.92,0.94\nstsb,\(second),0.51,0.42,0.34\n"
                + "wiki,\(third),21,18,15\n")
        #expect(zoo.datasets.map(\.metric.higherIsBetter) == [true, false, false])
        #expect(zoo.models.count == 3)
    }
}
