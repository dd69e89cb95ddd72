import Testing
import TransferGraphCore

@Suite(.enabled(if: SharedFiles.areThere, "skipped: the published zoos are not beside the repository"))
struct PublishedZooTests {
    @Test func theImageZooIsReadWithItsWartsCounted() throws {
        let zoo = try Zoo.load(path: SharedFiles.imageZoo)
        #expect(zoo.models.count == 185)
        #expect(zoo.results.count == 2254)
        let food = try zoo.dataset(named: "food101")
        #expect(zoo.results.column(food).count == 112)
        #expect(zoo.datasets.indices.filter { !zoo.datasets[$0].carriesSignal } == [food])
        let idle = try #require(zoo.report.items.first { $0.what.hasPrefix("models without any fine-tuning result") })
        #expect(idle.count == 5)
        let shifted = try #require(
            zoo.report.items.first { $0.what.hasPrefix("rows of transferability_score_records.csv") })
        #expect(shifted.count == 2)
        #expect(
            shifted.examples == [
                "transferability_score_records.csv line 1052", "transferability_score_records.csv line 2309",
            ])
        let repeated = try #require(zoo.report.items.first { $0.what.hasPrefix("scores given more than once") })
        #expect(repeated.count == 120)
        let distances = try #require(zoo.distances)
        let dtd = try zoo.dataset(named: "dtd")
        let imagenet = try zoo.dataset(named: "imagenet")
        #expect(distances[dtd, imagenet] == distances[imagenet, dtd])
    }

    @Test func theTextZooIsReadWithItsWartsCounted() throws {
        let zoo = try Zoo.load(path: SharedFiles.textZoo)
        #expect(zoo.models.count == 164)
        // 1756 rows of full fine-tuning with a result (317 pairs were run twice) and 1433 of LoRA, beside five broken rows.
        #expect(zoo.results.count == 1439)
        #expect(zoo.runs.reduce(0) { $0 + Int($1) } == 1756)
        let report = zoo.report.items
        #expect(report.first { $0.what.hasPrefix("rows of records.csv") }?.count == 4)
        #expect(report.first { $0.what.hasPrefix("results that are no number") }?.count == 1)
        #expect(report.first { $0.what.hasPrefix("LoRA runs") }?.count == 1433)
        #expect(report.first { $0.what.hasPrefix("(model, dataset) pairs") }?.count == 317)
        let irony = try zoo.dataset(named: "tweet_eval/irony")
        let model = try zoo.model(named: "Jeevesh8/init_bert_ft_qqp-33")
        #expect(zoo.results[model: model, dataset: irony] == (0.6764397905759162 + 0.6816753926701571) / 2)
        #expect(try zoo.dataset(named: "glut/qqp") == zoo.dataset(named: "glue/qqp"))
    }

    @Test func loraRunsAreASeparateZoo() throws {
        let zoo = try Zoo.load(path: SharedFiles.textZoo, fineTuning: .lora)
        #expect(zoo.runs.reduce(0) { $0 + Int($1) } == 1433)
    }

    /// The figures of `anchors/published_on_same_records.csv`, which another program computed from the same files.
    @Test(arguments: [SharedFiles.imageZoo, SharedFiles.textZoo])
    func historyAndScoresReachTheIndependentlyComputedFigures(path: String) throws {
        let zoo = try Zoo.load(path: path)
        let methods = [
            "history": "history mean (min-max per dataset, other datasets only)", "logme": "published LogME",
            "reg-h-score": "published regularized H-score",
        ]
        let evaluation = try Evaluator(methods: methods.keys.sorted()).evaluate(zoo)
        let anchors = try CSVTable(
            contentsOf: .init(fileURLWithPath: SharedFiles.path("anchors/published_on_same_records.csv")))
        #expect(evaluation.targets.count == 8)
        var compared = 0
        for row in anchors.rows {
            guard let method = methods.first(where: { $0.value == row.fields[2] })?.key,
                let target = try? zoo.dataset(named: row.fields[1]), path.hasSuffix(row.fields[0])
            else { continue }
            for (measure, column) in [
                (Measure.pearson, 4), (.spearman, 5), (.weightedKendall, 6), (.regret(at: 1), 7), (.regret(at: 5), 8),
            ] {
                let value = try #require(evaluation.value(measure, method: method, target: target))
                let anchor = try #require(Double(row.fields[column]))
                #expect(abs(value - anchor) < 0.003, "\(method) on \(row.fields[1]): \(measure.name)")
                compared += 1
            }
        }
        #expect(compared == 3 * 8 * 5)
    }
}
