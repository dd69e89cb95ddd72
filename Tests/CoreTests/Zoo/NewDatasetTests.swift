import Foundation
import Testing
import TransferGraphCore

/// A dataset of the user's own: what ties it to a zoo, and that it can be brought in again.
struct NewDatasetTests {
    private func euclidean(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }.squareRoot()
    }

    /// Models of growing skill, half of which are better on datasets of even number, half on those of odd number; without
    /// distances.
    private func twoKinds(datasets: Int) throws -> (Zoo, TemporaryZoo) {
        var records = "model,dataset,score\n"
        for dataset in 0..<datasets {
            for model in 0..<6 {
                let fits = model % 2 == dataset % 2
                let skill = 0.1 * Double(model) + 0.01 * Double((model * 3 + dataset) % 5)
                records += "m\(model),d\(dataset),\((fits ? 0.3 : 0.1) + skill)\n"
            }
        }
        let directory = try TemporaryZoo(["records.csv": records])
        return (try Zoo.load(path: directory.path), directory)
    }

    /// With many datasets too: nearness counts, whichever way it is said, at distance 0 as at others.
    @Test(
        arguments: [(40, 0.0), (40, 0.1), (1100, 0.0), (1100, 0.1)], ["history:similarity", "auto"])
    func nearnessMovesThePredictions(zoo: (datasets: Int, distance: Double), method: String) throws {
        let (datasets, distance) = zoo
        let (zoo, directory) = try twoKinds(datasets: datasets)
        func difference(_ change: (inout NewDataset) -> Void) throws -> Double {
            var new = NewDataset(name: "mine")
            change(&new)
            let added = try zoo.adding(new, distance: euclidean)
            let values = try MethodCatalog.method(named: method, for: zoo).predict(
                TargetWorkspace(zoo: added.zoo, target: added.dataset)
            ).values
            let even = [0, 2, 4].compactMap { values[$0] }.reduce(0, +)
            return even - [1, 3, 5].compactMap { values[$0] }.reduce(0, +)
        }
        let (even, odd) = try (
            difference { $0.distances = ["d2": distance, "d4": distance] },
            difference { $0.distances = ["d3": distance, "d5": distance] }
        )
        #expect(even > odd + 0.02, "\(even), \(odd)")
        let like = try difference { $0.like = ["d2", "d4"] }
        #expect(like > odd + 0.02, "\(like), \(odd)")
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: 0..<10)
    func addedRowsOfDistancesAreThoseOfASquare(seed: Int) throws {
        let directory = try TemporaryZoo(MadeZoo.files(seed: UInt64(seed)))
        var zoo = try Zoo.load(path: directory.path)
        var generator = SeededGenerator(seed: UInt64(seed))
        var expected: [String: [String: Double]] = [:]
        for step in 0..<12 {
            let name = "own\(step % 4)"
            var new = NewDataset(name: name)
            var own: [String: Double] = [:]
            for other in zoo.datasets where other.name != name && generator.uniform() < 0.5 {
                own[other.name] = (generator.uniform() * 1000).rounded() / 100
            }
            new.distances = own
            let added = try zoo.adding(new, distance: euclidean)
            #expect(added.replaced == (step >= 4))
            zoo = added.zoo
            for other in expected.keys { expected[other]?[name] = nil }
            expected[name] = own
            for (other, value) in own { expected[other, default: [:]][name] = value }
            let distances = try #require(zoo.distances)
            #expect(distances.count == zoo.datasets.count)
            for (first, row) in expected {
                for (second, value) in row {
                    let (a, b) = try (zoo.dataset(named: first), zoo.dataset(named: second))
                    #expect(distances[a, b] == value && distances[b, a] == value, "\(first) \(second)")
                }
            }
        }
    }

    /// What is not given follows by way of what is: from d0, at 0.5, on to d3, at 3 from there.
    @Test func distancesThatAreNotGivenAreThoseByWayOfTheGivenOnes() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var new = NewDataset(name: "mine")
        new.distances = ["d0": 0.5]
        let added = try zoo.adding(new, distance: euclidean)
        for other in 1..<6 { #expect(added.zoo.distances?[added.dataset, other] == 0.5 + Double(other)) }
        #expect(added.derivedDistances == 5 && added.givenDistances == 1 && added.zooHasDistances)
        var like = NewDataset(name: "mine")
        like.like = ["d0"]
        let same = try zoo.adding(like, distance: euclidean)
        #expect(same.zoo.distances?[same.dataset, 0] == 0.5, "half of d0's own nearest")
        #expect(Ties(same.zoo, target: same.dataset).isTied)
        let alone = try zoo.adding(NewDataset(name: "mine"), distance: euclidean)
        #expect(!Ties(alone.zoo, target: alone.dataset).isTied)
    }

    @Test func addingAgainReplacesAllButTheResults() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var new = NewDataset(name: "mine")
        new.size = 10
        new.distances = ["d1": 1]
        let first = try zoo.adding(new, distance: euclidean)
        let scored = try first.zoo.adding(
            scores: [NewScore(model: "m1", name: "LogME", value: 2)], on: first.dataset)
        #expect(scored.scores[0].values.column(first.dataset).count == 1)
        let withResult = try scored.adding(OwnResult(model: 3, dataset: first.dataset, value: 0.7))
        var other = NewDataset(name: "mine")
        other.classes = 5
        let second = try withResult.adding(other, distance: euclidean)
        #expect(second.replaced && second.dataset == first.dataset)
        #expect(second.zoo.datasets[second.dataset].size == nil && second.zoo.datasets[second.dataset].classes == 5)
        #expect(second.zoo.results == withResult.results && second.zoo.ownResults == withResult.ownResults)
        #expect(second.zoo.scores[0].values.column(second.dataset).isEmpty)
        #expect(second.zoo.distances?[second.dataset, 1] == nil)
        #expect(second.zoo.datasetMetadata.rowCount == zoo.datasets.count + 1)
        #expect(throws: NewDatasetError.self) { try zoo.adding(NewDataset(name: "d1"), distance: euclidean) }
        // The metadata of the results, listed in their order, is still there.
        #expect(second.zoo.resultMetadata?.rowCount == second.zoo.results.count)
    }

    /// A word that one dataset alone has says most; one that all have says nothing.
    @Test func aTextIsLikeTheDatasetsThatShareItsRareWords() throws {
        let names = ["photos-mushrooms", "photos-birds", "photos-cars", "reviews-films", "reviews-books"]
        var records = "model,dataset,score\n"
        for name in names { for model in 0..<3 { records += "m\(model),\(name),0.\(model + 1)\n" } }
        let directory = try TemporaryZoo(["records.csv": records])
        let zoo = try Zoo.load(path: directory.path)
        #expect(TextNearness("mushrooms by species", in: zoo).matches.map(\.dataset) == [0])
        #expect(
            TextNearness("reviews of films", in: zoo).matches.first.map { zoo.datasets[$0.dataset].name }
                == "reviews-films")
        #expect(TextNearness("quantum chemistry", in: zoo).matches.isEmpty)
    }

    /// Added, replaced, given results and scores, with and without vectors, and taken out in another order.
    @Test(arguments: 0..<12)
    func takingDatasetsOutInAnyOrderGivesTheSameBytesAsBefore(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var files = MadeZoo.files(seed: UInt64(seed))
        if seed % 3 == 0 { files["similarity.csv"] = nil }
        if seed % 4 == 0 { files["datasets.csv"] = nil }
        if seed % 2 == 0 { files["embeddings.txt"] = (0..<6).map { "d\($0)\n" }.joined() }
        let directory = try TemporaryZoo(files)
        if seed % 2 == 0 {
            let rows = (0..<6).map { _ in (0..<3).map { _ in Float(generator.normal()) } }
            try NumPyBytes.matrix(rows).write(to: directory.url.appendingPathComponent("embeddings.npy"))
        }
        let zoo = try Zoo.load(path: directory.path)
        let before = try savedBytes(zoo)
        var changed = zoo
        for step in 0..<5 {
            var new = NewDataset(name: "own\(step % 4)")
            if generator.uniform() < 0.6 { new.like = ["d\(generator.index(below: 6))"] }
            if generator.uniform() < 0.5 { new.distances = ["d1": generator.uniform()] }
            if generator.uniform() < 0.5 { new.size = 10 }
            if generator.uniform() < 0.5 { new.text = "photos of \(step)" }
            if generator.uniform() < 0.5 { new.metric = "accuracy" }
            if zoo.datasetEmbeddings != nil, generator.uniform() < 0.5 { new.embedding = [1, 0, Float(step)] }
            let added = try changed.adding(new, distance: euclidean)
            changed = added.zoo
            for model in 0..<3 where generator.uniform() < 0.5 && changed.result(model, on: added.dataset) == nil {
                changed = try changed.adding(OwnResult(model: model, dataset: added.dataset, value: 0.5))
            }
            if generator.uniform() < 0.5 {
                let score = NewScore(model: "m1", name: step == 0 ? "LogME" : "LEEP", value: 2)
                changed = try changed.adding(scores: [score], on: added.dataset)
            }
        }
        var own = changed.datasets.indices.filter { changed.isOwnDataset($0) }.map { changed.datasets[$0].name }
        #expect(own.count == 4)
        own.shuffle(using: &generator)
        for name in own {
            let index = try changed.dataset(named: name)
            let smaller = try changed.removingDataset(index)
            #expect(smaller.datasets.map(\.name) == changed.datasets.map(\.name).filter { $0 != name })
            // What is known of the datasets that stay has moved along.
            for (place, dataset) in smaller.datasets.enumerated() {
                let earlier = try changed.dataset(named: dataset.name)
                #expect(dataset == changed.datasets[earlier])
                #expect(
                    smaller.results.values[smaller.results.column(place)]
                        == changed.results.values[changed.results.column(earlier)])
                #expect(
                    smaller.datasetMetadata.value(place, "description")
                        == changed.datasetMetadata.value(earlier, "description"))
            }
            changed = smaller
        }
        #expect(try savedBytes(changed) == before)
        #expect(changed.datasets == zoo.datasets && changed.models == zoo.models && changed.results == zoo.results)
        #expect(changed.datasetMetadata == zoo.datasetMetadata && changed.resultMetadata == zoo.resultMetadata)
        #expect(changed.distances == zoo.distances && changed.datasetEmbeddings == zoo.datasetEmbeddings)
        #expect(changed.scores == zoo.scores && changed.runs == zoo.runs && changed.runRanges == zoo.runRanges)
    }

    /// Saved with the dataset and loaded again.
    @Test func aDatasetOfOnesOwnCanBeTakenOutOfASavedZoo() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var new = NewDataset(name: "c-mine")
        new.like = ["d1"]
        new.text = "photos"
        let added = try zoo.adding(new, distance: euclidean)
        let folder = try TemporaryZoo()
        _ = try ZooWriter(added.zoo.adding(OwnResult(model: 2, dataset: added.dataset, value: 0.5))).write(
            to: folder.path + "/saved")
        _ = try ZooWriter(zoo).write(to: folder.path + "/plain")
        let again = try Zoo.load(path: folder.path + "/saved")
        let plain = try Zoo.load(path: folder.path + "/plain")
        let back = try again.removingDataset(again.dataset(named: "c-mine"))
        #expect(try savedBytes(back) == savedBytes(plain))
        #expect(throws: NewDatasetError.self) { try again.removingDataset(again.dataset(named: "d1")) }
        // One that was there when the session began, replaced, and another one added and taken out.
        var other = NewDataset(name: "another")
        other.size = 5
        new.size = 77
        let replaced = try again.adding(new, distance: euclidean).zoo
        let both = try replaced.adding(other, distance: euclidean).zoo
        let one = try both.removingDataset(both.dataset(named: "another"))
        #expect(try savedBytes(one) == savedBytes(replaced))
        #expect(try savedBytes(one.removingDataset(one.dataset(named: "c-mine"))) == savedBytes(plain))
    }
}
