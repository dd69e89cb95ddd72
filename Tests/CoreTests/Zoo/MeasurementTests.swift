import Foundation
import Testing
import TransferGraphCore

/// New runs and scores in a zoo that was loaded.
struct MeasurementTests {
    private func zoo() throws -> Zoo {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,0.5\na,y,0.6\nb,x,0.7\n",
            "scores.csv": "model,dataset,method,value\na,x,LogME,1\nb,x,LogME,2\n",
        ])
        return try Zoo.load(path: directory.path)
    }

    @Test func aNewModelBringsItsResultsScoresAndParent() throws {
        let before = try zoo()
        var measured = Measurement(of: Model(name: "c"))
        measured.pretrainingDataset = "y"
        measured.parent = "a"
        measured.results = ["x": 0.9]
        measured.scores = [
            .init(dataset: "x", name: "LogME", value: 3), .init(dataset: "y", name: "LEEP", value: -1),
        ]
        let after = try before.adding(measured)
        let (c, x, y) = (try after.model(named: "c"), try after.dataset(named: "x"), try after.dataset(named: "y"))
        #expect(after.results[model: c, dataset: x] == 0.9)
        #expect(after.results.count == before.results.count + 1)
        #expect(after.models[c].pretrainingDataset == y)
        #expect(after.lineage.map { [$0.child, $0.parent] } == [[c, try after.model(named: "a")]])
        #expect(after.scores.map(\.method) == ["logme", "leep"])
        #expect(after.scores[0].values[model: c, dataset: x] == 3)
        // The zoo it was made from is as it was.
        #expect(before.models.count == 2)
        #expect(before.results.count == 3)
    }

    @Test func whatIsMeasuredAgainReplaces() throws {
        let before = try zoo()
        var measured = Measurement(of: Model(name: "a"))
        measured.results = ["x": 0.1]
        measured.scores = [.init(dataset: "x", name: "LogME", value: 9)]
        let after = try before.adding(measured)
        let (a, x) = (try after.model(named: "a"), try after.dataset(named: "x"))
        #expect(after.models.count == 2)
        #expect(after.results.count == 3)
        #expect(after.results[model: a, dataset: x] == 0.1)
        #expect(after.scores[0].values[model: a, dataset: x] == 9)
        #expect(after.scores[0].values.count == 2)
    }

    @Test func namesThatTheZooDoesNotKnowAreRefused() throws {
        let before = try zoo()
        var measured = Measurement(of: Model(name: "c"))
        measured.results = ["z": 0.9]
        #expect(#expect(throws: UnknownName.self) { try before.adding(measured) }?.name == "z")
        measured.results = [:]
        measured.parent = "nobody"
        #expect(#expect(throws: UnknownName.self) { try before.adding(measured) }?.name == "nobody")
    }
}
