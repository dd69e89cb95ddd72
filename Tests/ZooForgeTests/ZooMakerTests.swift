import Foundation
import Testing
import TransferGraphCore
import ZooForge

struct ZooMakerTests {
    /// A zoo of invented languages: three models, one of them trained on from another, on two targets.
    private static func plan() throws -> ZooPlan {
        let root = ModelPlan(try Architecture.named("cnn-24-k3"), on: "nordic", Recipe(steps: 60), seed: 1)
        return ZooPlan(
            models: [
                root,
                ModelPlan(
                    try Architecture.named("cnn-24-k3"), on: "germanic", Recipe(steps: 40), seed: 2, parent: root),
                ModelPlan(try Architecture.named("bag-16-n2"), on: "germanic", Recipe(steps: 40), seed: 3),
            ],
            targets: [
                TaskDefinition(
                    "two", .target, "languages",
                    .classes([.init("sv", ["sv"]), .init("da", ["da"])]), trainingWords: 60, testWords: 40),
                TaskDefinition(
                    "three", .target, "languages",
                    .classes([.init("nb", ["nb"]), .init("is", ["is"]), .init("de", ["de"])]), trainingWords: 30,
                    testWords: 40),
            ], seed: 1, probeSteps: 20)
    }

    private static func make(threads: Int, into directory: URL) throws {
        let shelf = try InventedLists.shelf(Array(WordListCatalog.all.keys.filter { $0.count == 2 }.sorted()))
        let zoo = try ZooMaker(plan(), lists: shelf, threads: threads).make(.unwatched)
        try TidyWriter.write(zoo, to: directory)
        try SourceTable(shelf).write(to: directory)
    }

    @Test func aZooIsTheSameBytesOnAnyNumberOfThreadsAndLoads() throws {
        let (one, two) = (TestFolder.fresh(), TestFolder.fresh())
        try Self.make(threads: 1, into: one)
        try Self.make(threads: 2, into: two)
        for file in TidyWriter.files {
            #expect(
                try Data(contentsOf: one.appendingPathComponent(file))
                    == Data(contentsOf: two.appendingPathComponent(file)), "\(file)")
        }
        #expect(try ZooComparison(one, two).text == "The two are the same, byte for byte.")

        let zoo = try Zoo.load(path: one.path)
        #expect(
            zoo.models.map(\.name).sorted() == [
                "bag-16-n2/germanic-40", "cnn-24-k3/nordic-60", "cnn-24-k3/nordic-60/germanic-40",
            ])
        #expect(zoo.results.count == 6)
        #expect(zoo.lineage.count == 1)
        let target = try zoo.dataset(named: "two")
        #expect(zoo.datasets[target].size == 120)
        #expect(zoo.datasets[target].classes == 2)
        // The invented languages are easy: any trained model tells two of them apart better than a coin.
        #expect(zoo.results.entries.allSatisfy { $0.dataset != target || $0.value > 0.6 })
    }

    @Test func aComparisonNamesTheVersionAndTheFigures() throws {
        let (one, two) = (TestFolder.fresh(), TestFolder.fresh())
        for (folder, version, score) in [(one, "1.0", "0.5"), (two, "1.1", "0.9")] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let files = [
                "records.csv": "model,dataset,score\na,x,\(score)\n", "sources.csv": "package,version\np,\(version)\n",
                "noise.csv": "model,dataset,seed,score\na,x,1,0.5\na,x,2,0.52\na,x,3,0.48\n",
            ]
            for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        }
        let comparison = try ZooComparison(one, two)
        #expect(!comparison.isWithinNoise)
        #expect(comparison.text.contains("p: version 1.0 against 1.1."))
        #expect(comparison.text.contains("40.000 (a on x)"))
        // The cell's variance is 0.0004, so two runs differ by √2 · 0.02.
        #expect(comparison.text.contains("2.828"))
    }

    @Test func thePlanOfWordsIsWhatTheReadmePromises() {
        let plan = ZooPlan.words
        #expect(plan.models.count >= 100)
        #expect(plan.targets.count >= 16)
        #expect(Set(plan.models.map(\.name)).count == plan.models.count)
        #expect(Set(plan.models.map(\.architecture.family)).count == Architecture.Family.allCases.count)
        #expect(plan.models.count { $0.parent != nil } >= 16)
        #expect(plan.targets.count { $0.trainingWords == 20 } >= 5)
        var known: Set<String> = []
        for model in plan.models {
            if let parent = model.parent { #expect(known.contains(parent)) }
            known.insert(model.name)
        }
    }

    @Test func cancellationEndsTheWork() throws {
        let shelf = try InventedLists.shelf(Array(WordListCatalog.all.keys.filter { $0.count == 2 }.sorted()))
        let maker = ZooMaker(try Self.plan(), lists: shelf, threads: 2)
        #expect(throws: Cancelled.self) { try maker.make(Work(isCancelled: { true }, report: { _, _ in })) }
    }
}
