import Foundation
import Testing
import TransferGraphCore

@Suite struct ModelRecordTests {
    private func card(_ value: String, _ more: String = "") -> String {
        """
        ---
        license: mit
        \(more)
        model-index:
        - results:
          - dataset: {type: ducks, split: test}
            metrics:
            - {type: accuracy, value: \(value)}
            - {type: loss, value: 0.7}
        ---
        """
    }

    @Test func aParentsRecordHasItsCopiesResultsWithTheirPlaces() throws {
        let hub = try HubFolder([
            "a/base/README.md": "---\nlicense: apache-2.0\ndatasets: [wikipedia]\n---\n",
            "b/one/README.md": card("0.5", "base_model: a/base"), "b/two/README.md": card("0.7", "base_model: a/base"),
            "c/three/README.md": card("0.9", "base_model: a/base"),
        ])
        let zoo = try Zoo.load(paths: [hub.url.path])
        // The median of the runs: the best would grow with their number.
        let base = try zoo.model(named: "a/base")
        #expect(zoo.result(base, on: try zoo.dataset(named: "ducks")) == 0.7)
        let record = try ModelRecord(of: "a/base", in: zoo)
        let license = try #require(record.statements.first { $0.attribute == "license" })
        #expect(license.value == "apache-2.0" && license.place == "a/base/README.md line 2")
        #expect(Set(record.children.map(\.model)) == ["b/one", "b/two", "c/three"])
        #expect(record.children.allSatisfy { $0.relation == .finetune && $0.source == "base_model" })
        #expect(record.measurements.count == 3)
        #expect(record.measurements.map { "\($0.file) \($0.line ?? 0)" }.contains("b/one/README.md 8"))
        let copy = try ModelRecord(of: "b/one", in: zoo)
        #expect(copy.index == nil && copy.parents.map(\.model) == ["a/base"])
        #expect(copy.measurements.map(\.decision.reason.code).sorted() == ["other metric", "run"])
        #expect(throws: UnknownName.self) { try ModelRecord(of: "b/none", in: zoo) }
    }

    /// On x and y together a and b take ranks 1 and 0.5 beside 0.5 and 1: half a rank apart; c is a rank and half a rank
    /// from a.
    @Test func theNearestModelTakesTheNearestRanks() throws {
        let hub = try HubFolder([
            "records.csv": "model,dataset,score\na,x,0.9\nb,x,0.8\nc,x,0.1\na,y,0.5\nb,y,0.6\nc,y,0.4\nd,x,0.9\n"
        ])
        let zoo = try Zoo.load(paths: [hub.url.path])
        let near = ModelNeighbours(of: try zoo.model(named: "b"), in: zoo).nearest
        #expect(near.map { zoo.models[$0.model].name } == ["a", "c"])
        // Ranks on x: a and d share 5/6, b 1/3, c 0; on y: b 1, a 1/2, c 0.
        #expect(abs(near[0].distance - (0.5 + 0.5) / 2) < 1e-12)
        #expect(abs(near[1].distance - (1.0 / 3 + 1) / 2) < 1e-12)
        #expect(near.allSatisfy { $0.sharedDatasets == 2 })
    }
}
