import Foundation
import Testing
import TransferGraphCore

/// Results that a user brings into a zoo, and takes out again.
struct OwnResultTests {
    /// A sparse zoo with several runs a result and metadata of results: what is listed in the results' order moves along.
    private static func files(seed: UInt64) -> [String: String] {
        var generator = SeededGenerator(seed: seed)
        var records = "model,dataset,score,learning_rate\n"
        for model in 0..<9 {
            for dataset in 0..<5 where generator.uniform() < 0.6 || model == dataset {
                for _ in 0...generator.index(below: 2) {
                    records += "m\(model),d\(dataset),\(0.4 + 0.5 * generator.uniform()),\(generator.index(below: 9))\n"
                }
            }
        }
        return [
            "records.csv": records,
            "datasets.csv": "dataset,metric\nd0,accuracy\nd1,accuracy\nd2,accuracy\nd3,accuracy\nd4,accuracy\nmine,\n",
            "models.csv": "model,family\n" + (0..<9).map { "m\($0),f\($0 % 3)\n" }.joined(),
        ]
    }

    @Test(arguments: 0..<10)
    func takingResultsOutInAnyOrderGivesTheSameBytesAsBefore(seed: Int) throws {
        let directory = try TemporaryZoo(Self.files(seed: UInt64(seed)))
        let zoo = try Zoo.load(path: directory.path)
        let before = try savedBytes(zoo)
        var generator = SeededGenerator(seed: UInt64(seed))
        var open: [OwnResult] = []
        for model in zoo.models.indices {
            for dataset in zoo.datasets.indices where zoo.result(model, on: dataset) == nil {
                open.append(
                    OwnResult(model: model, dataset: dataset, value: 0.5, hours: model % 2 == 0 ? 1.5 : nil))
            }
        }
        open.shuffle(using: &generator)
        var changed = zoo
        for result in open { changed = try changed.adding(result) }
        #expect(changed.results.count == zoo.results.count + open.count)
        #expect(changed.ownResults.count == open.count)
        for entry in zoo.results.entries {
            #expect(changed.results[model: entry.model, dataset: entry.dataset] == entry.value)
        }
        open.shuffle(using: &generator)
        for result in open {
            let removed = try changed.removingResult(of: result.model, on: result.dataset)
            #expect(removed.results.count == changed.results.count - 1)
            changed = removed
        }
        #expect(try savedBytes(changed) == before)
        #expect(changed.results == zoo.results && changed.runs == zoo.runs && changed.runRanges == zoo.runRanges)
        #expect(changed.resultMetadata == zoo.resultMetadata && changed.datasets == zoo.datasets)
    }

    @Test func aZooThatWasSavedKnowsWhichResultsAreOnesOwn() throws {
        let directory = try TemporaryZoo(Self.files(seed: 4))
        let zoo = try Zoo.load(path: directory.path)
        let mine = try zoo.dataset(named: "mine")
        let model = try zoo.model(named: "m3")
        let changed = try zoo.adding(OwnResult(model: model, dataset: mine, value: 0.91, hours: 2))
        #expect(changed.datasets[mine].metric.name == "accuracy", "the metric that all other datasets have")
        #expect(changed.datasets[mine].metric.scale == .fraction)
        let folder = try TemporaryZoo()
        _ = try ZooWriter(changed).write(to: folder.path + "/saved")
        let again = try Zoo.load(path: folder.path + "/saved")
        let own = again.ownResults
        #expect(own.count == 1 && again.models[own[0].model].name == "m3")
        #expect(own[0].value == 0.91 && own[0].hours == 2)
        #expect(again.results.count == zoo.results.count + 1)
        #expect(try again.removingResult(of: own[0].model, on: own[0].dataset).results.count == zoo.results.count)
    }

    @Test func whatIsNoResultIsRefused() throws {
        let directory = try TemporaryZoo(Self.files(seed: 1))
        let zoo = try Zoo.load(path: directory.path)
        let mine = try zoo.dataset(named: "mine")
        let known = try #require(zoo.results.entries.first { _ in true })
        #expect(throws: OwnResultError.self) {
            try zoo.adding(OwnResult(model: known.model, dataset: known.dataset, value: 0.5))
        }
        #expect(throws: OwnResultError.self) { try zoo.adding(OwnResult(model: 0, dataset: mine, value: .nan)) }
        #expect(throws: OwnResultError.self) {
            try zoo.adding(OwnResult(model: 0, dataset: mine, value: 0.5, hours: -1))
        }
        #expect(throws: OwnResultError.self) { try zoo.removingResult(of: known.model, on: known.dataset) }
        #expect(throws: OwnResultError.self) { try zoo.removingResult(of: 0, on: mine) }
        let one = try zoo.adding(OwnResult(model: 0, dataset: mine, value: 0.9))
        #expect(throws: OwnResultError.self, "91 is no fraction") {
            try one.adding(OwnResult(model: 1, dataset: mine, value: 91))
        }
        #expect(throws: OwnResultError.self) {
            try one.adding(OwnResult(model: 1, dataset: mine, value: 0.2), metric: "wer")
        }
        #expect(try one.adding(OwnResult(model: 1, dataset: mine, value: 0.2), metric: "Acc").ownResults.count == 2)
    }

    /// A word error rate is better when lower, and may be above 1; the zoo keeps it turned.
    @Test func theFirstResultSaysWhichWayIsBetter() throws {
        let directory = try TemporaryZoo(Self.files(seed: 2))
        let zoo = try Zoo.load(path: directory.path)
        let mine = try zoo.dataset(named: "mine")
        let changed = try zoo.adding(OwnResult(model: 0, dataset: mine, value: 0.25), metric: "wer")
            .adding(OwnResult(model: 1, dataset: mine, value: 1.2))
        #expect(changed.results[model: 0, dataset: mine] == -0.25)
        #expect(changed.result(1, on: mine) == 1.2)
        let back = try changed.removingResult(of: 0, on: mine).removingResult(of: 1, on: mine)
        #expect(back.datasets == zoo.datasets)
    }
}
