import Testing
import TransferGraphCore

/// Which spellings are one name.
struct NameTests {
    @Test func spacesAroundANameAreNoPartOfIt() throws {
        let zoo = try TableCase.zoo("model,dataset,score\nrn50 ,pets,0.5\nrn50,dtd,0.6\n\u{A0}vit,pets\u{A0},0.7\n")
        #expect(zoo.models.map(\.name) == ["rn50", "vit"])
        #expect(zoo.datasets.map(\.name) == ["pets", "dtd"])
    }

    @Test func composedAndDecomposedAccentsAreOne() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,p\u{E9}tanque,0.5\nb,pe\u{301}tanque,0.6\n")
        #expect(zoo.datasets.count == 1)
        #expect(zoo.results.count == 2)
    }

    private static let near =
        "model,dataset,score\nViT-B,pets,0.5\nvit_b,dtd,0.6\nvit-b-v2,pets,0.7\nhub/x/3,pets,0.1\nhub/x/4,dtd,0.2\nhub/x/4,pets,0.3\n"

    @Test func nearlyEqualNamesAreReportedWithBothSpellings() throws {
        let zoo = try TableCase.zoo(Self.near)
        let note = TableCase.note(zoo, "models with nearly equal names")
        #expect(note?.count == 2)
        #expect(note?.examples == ["vit_b and ViT-B", "hub/x/3 and hub/x/4"])
        #expect(zoo.models.count == 5)
    }

    @Test func theyAreJoinedWhereThatIsAskedFor() throws {
        var options = ReadingOptions()
        options.mergeNames = .reported
        let all = try TableCase.zoo(Self.near, options: options)
        #expect(all.models.map(\.name) == ["ViT-B", "vit-b-v2", "hub/x/4"])
        #expect(try TableCase.result(all, "vit_b", "dtd") == 0.6)
        options.mergeNames = .these(["vit_b": "ViT-B", "nobody": "ViT-B"])
        let some = try TableCase.zoo(Self.near, options: options)
        #expect(some.models.map(\.name) == ["ViT-B", "vit-b-v2", "hub/x/3", "hub/x/4"])
        #expect(TableCase.note(some, "nothing is called by")?.examples == ["nobody"])
    }

    @Test func namesThatOnlyScoresDistancesOrLineageKnowAreReportedWithTheNearest() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\nrn50,pets,0.5\nvit,pets,0.6\nvit,birds,0.7\n",
            [
                "scores.csv": "model,dataset,method,value\nRN50,pets,LogME,1\nvit,pets,LogME,2\n",
                "similarity.csv": "dataset_a,dataset_b,distance\npets,birds,0.5\npetz,birds,0.3\n",
                "lineage.csv": "model,parent\nvit,rn5O\n",
            ])
        #expect(zoo.datasets.map(\.name) == ["pets", "birds"])
        #expect(zoo.models.map(\.name) == ["rn50", "vit"])
        #expect(TableCase.note(zoo, "rows of scores")?.examples == ["scores.csv line 2: 'RN50', nearest is 'rn50'"])
        #expect(
            TableCase.note(zoo, "rows of distances")?.examples == ["similarity.csv line 3: 'petz', nearest is 'pets'"])
        #expect(TableCase.note(zoo, "rows of lineage")?.count == 1)
    }
}
