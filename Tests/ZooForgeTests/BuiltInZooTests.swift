import Foundation
import Testing
import TransferGraphCore
import ZooForge

/// The zoo `words` as it ships.
struct BuiltInZooTests {
    private func zoo() throws -> Zoo {
        try #require(try BuiltInZoo.load("words"))
    }

    @Test func everyModelWasFineTunedOnEveryTarget() throws {
        let zoo = try zoo()
        #expect(zoo.models.count == ZooPlan.words.models.count)
        #expect(zoo.models.count >= 100)
        #expect(zoo.targets.count == ZooPlan.words.targets.count)
        #expect(zoo.targets.count >= 16)
        for target in zoo.targets { #expect(zoo.results.column(target).count == zoo.models.count) }
        #expect(zoo.results.values.allSatisfy { (0...1).contains($0) })
        #expect(zoo.report.items.isEmpty)
    }

    @Test func everyModelHasItsMetadataAndParent() throws {
        let zoo = try zoo()
        for (model, plan) in zip(zoo.models, ZooPlan.words.models) {
            #expect(model.name == plan.name)
            #expect(model.architecture == plan.architecture.name)
            #expect(model.parameters.map { Int($0) } == Network<Float>.encoderParameterCount(of: plan.architecture))
            #expect(model.pretrainingDataset.map { zoo.datasets[$0].name } == plan.source)
            #expect(model.pretrainingAccuracy != nil)
        }
        #expect(zoo.lineage.count == ZooPlan.words.models.count { $0.parent != nil })
    }

    @Test func scoresAndDistancesCoverTheTargets() throws {
        let zoo = try zoo()
        #expect(zoo.scores.map(\.method).contains("logme"))
        for score in zoo.scores { #expect(score.values.count > zoo.results.count * 9 / 10, "\(score.name)") }
        let distances = try #require(zoo.distances)
        for a in zoo.datasets.indices {
            for b in zoo.datasets.indices where a != b { #expect(distances[a, b] != nil) }
        }
    }

    @Test func theFilesAreSmallAndLoadQuickly() throws {
        let directory = try #require(try BuiltInZoo.directory(named: "words"))
        let files = try FileManager.default.contentsOfDirectory(
            at: directory, includingPropertiesForKeys: [.fileSizeKey])
        let size = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
        #expect(size <= 3 << 20)
        // Processor time, and the least of several: other work on the machine must not fail the test.
        let quickest = try (0..<9).map { _ in
            let start = processorSeconds()
            _ = try BuiltInZoo.load("words")
            return processorSeconds() - start
        }.min()
        #expect(try #require(quickest) < 0.15, "\(String(describing: quickest)) s")
    }

    private func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test func noWordListIsShipped() throws {
        let directory = try #require(try BuiltInZoo.directory(named: "words"))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(Set(names).isSubset(of: Set(TidyWriter.files + ["sources.csv", "README.md", "about.txt"])))
    }

    @Test func everyPackageOfTheCatalogIsListedWithVersionAndLicence() throws {
        let directory = try #require(try BuiltInZoo.directory(named: "words"))
        let text = try String(contentsOf: directory.appendingPathComponent("sources.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(rows.map { String($0[0]) } == WordListCatalog.packages)
        #expect(rows.allSatisfy { $0.count == 4 && $0.allSatisfy { !$0.isEmpty } })
    }
}
