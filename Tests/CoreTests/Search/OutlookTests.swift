import Foundation
import Testing
import TransferGraphCore

/// What is believed of the results of models not tried.
struct OutlookTests {
    private func zoo(seed: Int) throws -> (zoo: Zoo, directory: TemporaryZoo) {
        let directory = try TemporaryZoo(MadeZoo.files(seed: UInt64(seed)))
        return (try Zoo.load(path: directory.path), directory)
    }

    @Test(arguments: 0..<5)
    func drawsHaveTheMeansAndDeviationsThatAreTold(seed: Int) throws {
        let (zoo, _) = try zoo(seed: seed)
        let heldOut = zoo.holdingOut(1, revealing: [2, 9])
        let prediction = try History().predict(TargetWorkspace(heldOut))
        let outlook = try prediction.outlook(in: heldOut, seed: 7)
        #expect(outlook.models.count == zoo.models.count - 2 && !outlook.models.contains(2))
        #expect(outlook.best == heldOut.revealed.max { $0.value < $1.value })
        for (place, model) in outlook.models.enumerated() {
            let draws = (0..<outlook.sampleCount).map { outlook.samples[$0 * outlook.models.count + place] }
            let mean = draws.reduce(0, +) / Double(draws.count)
            let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
            let deviation = outlook.deviation[place]
            #expect(abs(mean - outlook.mean[place]) < 0.15 * deviation, "\(model)")
            #expect(abs(variance.squareRoot() - deviation) < 0.15 * deviation, "\(model)")
        }
        #expect(try prediction.outlook(in: heldOut, seed: 7).samples == outlook.samples)
    }

    /// Results that lie higher than expected raise what is expected of the others; what is known narrows what may be.
    @Test(arguments: 0..<5)
    func knownResultsMoveTheOthersAndNarrowThem(seed: Int) throws {
        let (zoo, _) = try zoo(seed: seed)
        let without = zoo.holdingOut(1)
        let before = try History().predict(TargetWorkspace(without)).outlook(in: without, seed: 1)
        let with = zoo.holdingOut(1, revealing: [3, 4, 5])
        let after = try History().predict(TargetWorkspace(with)).outlook(in: with, seed: 1)
        for (place, model) in after.models.enumerated() {
            let earlier = try #require(before.models.firstIndex(of: model))
            #expect(after.deviation[place] <= before.deviation[earlier] * (1 + 1e-9))
        }
    }

    /// Nothing of the target but what is revealed reaches what is believed.
    @Test func resultsThatAreNotRevealedChangeNothing() throws {
        var files = MadeZoo.files()
        let one = try TemporaryZoo(files)
        let first = try Zoo.load(path: one.path)
        var generator = SeededGenerator(seed: 8)
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let isOther = line.contains(",d2,") && !line.hasPrefix("m3,") && !line.hasPrefix("m7,")
            return isOther
                ? line.split(separator: ",").prefix(2).joined(separator: ",") + ",\(generator.uniform())" : String(line)
        }.joined(separator: "\n")
        let two = try TemporaryZoo(files)
        let second = try Zoo.load(path: two.path)
        for name in ["history", "auto"] {
            let outlooks = try [first, second].map { zoo -> Outlook in
                let known = try [zoo.model(named: "m3"), zoo.model(named: "m7")]
                let workspace = TargetWorkspace(
                    zoo: zoo, target: try zoo.dataset(named: "d2"), revealing: known)
                return try MethodCatalog.method(named: name, for: zoo).predict(workspace)
                    .outlook(in: workspace.zoo, seed: 5)
            }
            #expect(outlooks[0].mean == outlooks[1].mean && outlooks[0].samples == outlooks[1].samples, "\(name)")
        }
    }
}
