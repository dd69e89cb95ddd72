import Testing
import TransferGraphCore

@Suite struct HistoryMeanTests {
    private func zoo() throws -> Zoo {
        let directory = try TemporaryZoo([
            "records.csv": """
            model,dataset,score
            a,x,1
            a,y,0
            a,z,0.5
            b,x,0
            b,y,1
            b,z,1
            c,x,0.5
            d,z,0
            """
        ])
        return try Zoo.load(path: directory.path)
    }

    /// Every model counts once in the mean of the others, however many results it has.
    @Test func aModelWithoutResultsHasTheMeanOfTheOtherModelsMeans() throws {
        let zoo = try zoo()
        // On x and y: a has 1 and 0, b has 0 and 1, c has 0.5; d has nothing.
        let heldOut = zoo.holdingOut(try zoo.dataset(named: "z"), includingWithoutSignal: true)
        let mean = HistoryMean(heldOut.normalised, modelCount: zoo.models.count)
        #expect(mean.means == [0.5, 0.5, 0.5, nil])
        #expect(mean.predictions == [0.5, 0.5, 0.5, 0.5])
        // On x and z: a has 1 and 0.5, b has 0 and 1, c has 0.5, d has 0.
        let other = HistoryMean(
            zoo.holdingOut(try zoo.dataset(named: "y"), includingWithoutSignal: true).normalised,
            modelCount: zoo.models.count)
        #expect(other.predictions == [0.75, 0.5, 0.5, 0])
        #expect(other.overall == (0.75 + 0.5 + 0.5 + 0) / 4)
        #expect(try History().predict(TargetWorkspace(heldOut)).values == mean.predictions)
    }

    /// What `auto` learns from on a training dataset is what `history` would predict for it.
    @Test(arguments: 0..<6) func leavingADatasetOutIsTheSameAsNeverHavingSeenIt(left: Int) throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        let table = zoo.results.filtered { ($0.model + $0.dataset) % 3 != 0 && $0.model + $0.dataset < 14 }
            .minMaxNormalised()
        let whole = HistoryMean(table, modelCount: zoo.models.count)
        let without = HistoryMean(table.filtered { $0.dataset != left }, modelCount: zoo.models.count)
        #expect(without.means.contains(nil))
        for (a, b) in zip(whole.without(left, of: table).predictions, without.predictions) {
            #expect(abs((a ?? .nan) - (b ?? .nan)) < 1e-12)
        }
    }
}
