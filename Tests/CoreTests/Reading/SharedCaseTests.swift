import Foundation
import Testing
import TransferGraphCore

/// The small inputs of `../shared/cases`, made after public reports: each right, or refused with a reason.
@Suite(.enabled(if: SharedFiles.areThere))
struct SharedCaseTests {
    private func load(_ relative: String, _ options: ReadingOptions = ReadingOptions()) throws -> Zoo {
        try Zoo.load(paths: [SharedFiles.path("cases/\(relative)")], options: options)
    }

    private func refusal(_ relative: String) throws -> TableError.Problem {
        let error = try #require(throws: ZooError.self) { try load(relative) }
        guard case .table(.content(let problem, _, _)) = error else {
            Issue.record("\(error)")
            return .empty
        }
        return problem
    }

    /// Forty results on five datasets, `vit-b` on `pets` 0.8973 or what stands for it.
    private func check(_ zoo: Zoo, _ value: Double = 0.8973) throws {
        #expect(zoo.models.count == 8 && zoo.datasets.count == 5 && zoo.results.count == 40)
        let result = try #require(try TableCase.result(zoo, "vit-b", "pets"))
        #expect(abs(result - value) < 1e-9)
    }

    @Test(arguments: [("zoo_metric_col", "rmse"), ("zoo_hib", "logloss")])
    func lowerIsBetterByMetric(folder: String, metric: String) throws {
        let zoo = try load("B01-lower-is-better/\(folder)")
        #expect(zoo.datasets.allSatisfy { $0.metric.name == metric && !$0.metric.higherIsBetter })
        let best = zoo.results.column(try zoo.dataset(named: "pets")).max {
            zoo.results.values[$0] < zoo.results.values[$1]
        }
        #expect(try zoo.models[Int(zoo.results.models[#require(best)])].name == "vit-b")
    }

    @Test func mixedMetricsHaveTheirOwnDirections() throws {
        let zoo = try load("B01-lower-is-better/zoo_mixed")
        #expect(zoo.datasets.map { $0.metric.higherIsBetter } == [true, true, true, true, false])
        let assumed = try load("B01-lower-is-better/zoo")
        #expect(assumed.datasets.allSatisfy { $0.metric.directionSource == .assumed })
        try check(assumed, 0.1027)
        #expect(try load("B01-lower-is-better/zoo_neg").datasets.allSatisfy { $0.metric.higherIsBetter })
    }

    @Test func metadataIsRead() throws {
        try check(load("B02-thousands/zoo"))
        #expect(try load("B02-thousands/zoo").models.map(\.parameters).contains(1_013_010_000))
        #expect(try load("B02-thousands/zoo2").models[0].parameters == 22_100_000)
        let zoo = try load("B02-thousands/zoo3")
        #expect(try zoo.datasets[zoo.dataset(named: "birds")].size == 11788)
    }

    @Test func wideTables() throws {
        try check(load("B03-wide/zoo"))
        let zoo = try load("B03-wide/zoo2")
        #expect(zoo.results.count == 40 && zoo.datasets.map(\.name) == ["birds", "cars", "pets", "flowers", "food"])
        #expect(zoo.modelMetadata.value(0, "Category") == .category("Open"))
        #expect(TableCase.note(zoo, "no results")?.examples.first?.contains("Overall") == true)
    }

    @Test(arguments: ["zoo_case", "zoo_case2", "zoo_spc", "zoo_spcrow", "zoo_aml"])
    func headers(folder: String) throws { try check(load("B04-headers/\(folder)")) }

    @Test func publishedHeaders() throws { try check(load("B04-headers/zoo_parc"), 89.73) }

    @Test(arguments: [
        "None_", "NA", "dash", "nan", "NaN", "empty", "null", "Q", "hashNA", "inf", "minf", "blank", "OOM", "tbd",
    ])
    func missing(folder: String) throws {
        let zoo = try load("B05-missing/\(folder)")
        #expect(zoo.results.count == 39)
        #expect(TableCase.note(zoo, "no number")?.count == 1)
    }

    @Test(arguments: ["semi", "semi_dec", "dec_quoted", "tab", "sepline", "pipe"])
    func separators(folder: String) throws { try check(load("B06-semicolon/\(folder)")) }

    @Test(arguments: ["dec_unquoted", "dec_unquoted_pct"])
    func unquotedDecimalCommasAreRefused(folder: String) throws {
        guard case .overlongRows(_, _, 40, true) = try refusal("B06-semicolon/\(folder)") else {
            Issue.record("not refused for its commas")
            return
        }
    }

    @Test func percents() throws {
        try check(load("B09-percent/pct"), 89.73)
        try check(load("B09-percent/pm"))
        try check(load("B09-percent/star"))
        for folder in ["mixed", "mixed_some"] {
            #expect(TableCase.note(try load("B09-percent/\(folder)"), "fractions and percents together") != nil)
            var options = ReadingOptions()
            options.scale = .fraction
            let zoo = try load("B09-percent/\(folder)", options)
            #expect(zoo.results.values.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func names() throws {
        try check(load("B10-trailing-space/zoo"))
        try check(load("B10-trailing-space/zoo_ds"))
        try check(load("B10-trailing-space/zoo_nbsp"))
        #expect(try load("B10-trailing-space/zoo_nfc").datasets.count == 5)
    }

    @Test func filesOfAnyNameAndPacking() throws {
        for path in [
            "gz", "gz/records.csv.gz", "gzasCSV", "tsv", "jsonl", "jsonl/records.jsonl", "oddname",
            "oddname/my_results.csv",
            "upper", "upper2",
        ] { try check(load("B12-gz/\(path)")) }
        #expect(try refusal("B12-gz/parquet") == .notATable(.parquet))
    }

    @Test func tinyZoos() throws {
        #expect(try load("B13-one/onemodel").results.count == 5)
        #expect(try load("B13-one/onedataset").results.count == 8)
        #expect(try load("B13-one/onerow").results.count == 1)
        #expect(try load("B13-one/twobytwo").results.count == 4)
    }

    @Test func graphs() throws {
        #expect(try load("C10-graph/square").distances == load("C10-graph/ok").distances)
        for folder in ["unknown_ds", "isolated"] {
            let zoo = try load("C10-graph/\(folder)")
            // The one called isolated has a result on a sixth dataset, which no distance names.
            #expect(zoo.datasets.count == (folder == "isolated" ? 6 : 5))
            #expect(TableCase.note(zoo, "rows of distances") != nil)
        }
        #expect(TableCase.note(try load("C10-graph/selfloop"), "to itself")?.count == 1)
        let circle = try load("C10-graph/lineage_self")
        #expect(circle.lineage.count == 2)
        #expect(TableCase.note(circle, "come from themselves")?.count == 1)
        #expect(TableCase.note(circle, "come from each other")?.count == 1)
        #expect(TableCase.note(circle, "rows of lineage")?.count == 1)
    }

    @Test func publicZoosLoad() throws {
        let mteb = try Zoo.load(path: SharedFiles.path("zoos/public/mteb"))
        #expect(mteb.models.count == 662)
        #expect(mteb.results.count > 88_000)
        #expect(mteb.models.contains { !$0.pretrainingDatasets.isEmpty })
        #expect(try mteb.datasets[mteb.dataset(named: "AFQMC")].metric.name == "cosine_spearman")
        #expect(try mteb.datasetMetadata.value(mteb.dataset(named: "AFQMC"), "domains") == .set(["Web", "Written"]))
        let timm = try Zoo.load(path: SharedFiles.path("zoos/public/timm"))
        #expect(timm.models.count == 1267 && timm.targets.count == 8)
        #expect(timm.models[0].parameters == 305_080_000 && timm.models[0].inputSize == 448)
        let small = try Zoo.load(path: SharedFiles.path("zoos/small/cnn-32x7"))
        #expect(small.models.allSatisfy { $0.pretrainingDataset != nil })
    }
}
