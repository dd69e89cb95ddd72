import Testing
import TransferGraphCore

/// Names that differ by a seed or the number of a run alone.
struct RunNameTests {
    @Test(arguments: [
        ("pets_seed1", "pets"), ("bert (run 3)", "bert"), ("vit-trial=2", "vit"), ("org/model-seed_24", "org/model"),
        ("pets/fold0", "pets"), ("a.rep-2", "a"), ("pets seed 12", "pets"),
    ])
    func aRunIsTakenOff(_ name: String, _ plain: String) { #expect(RunNames.withoutRun(name) == plain) }

    @Test(arguments: [
        "superseed1", "seed1", "run2", "vit-b16", "bert-v2", "cifar10", "pets (seed)", "trial", "dry_run",
        "x_seed1234567",
    ])
    func otherNamesStayAsTheyAre(_ name: String) { #expect(RunNames.withoutRun(name) == nil, "\(name)") }

    /// As datasets of their own they would be each other's best evidence.
    @Test func columnsThatAreRunsOfADatasetAreItsResults() throws {
        let zoo = try TableCase.zoo(
            "model,pets_seed1,pets_seed2,pets_seed3,dtd\na,90,91,92,70\nb,89,88,87,66\nc,79,78,80,56\n")
        #expect(zoo.datasets.map(\.name) == ["pets", "dtd"])
        #expect(try TableCase.result(zoo, "c", "pets") == 79)
        #expect(zoo.runs.max() == 3)
        #expect(
            TableCase.note(zoo, "runs of one dataset")?.examples == [
                "records.csv: pets_seed1, pets_seed2, pets_seed3 of pets"
            ])
    }

    @Test func oneColumnWithASeedKeepsItsName() throws {
        let zoo = try TableCase.zoo("model,pets_seed1,dtd\na,90,70\nb,89,66\nc,79,56\n")
        #expect(zoo.datasets.map(\.name) == ["pets_seed1", "dtd"])
    }

    /// The number of examples shown, or a language, is no run: the mean over it would be of nothing.
    @Test(arguments: ["shots", "language", "num_fewshot"])
    func settingsThatTellResultsApartAreDatasets(_ column: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,\(column),accuracy\na,p,0,.5\na,p,5,.9\nb,p,0,.6\nb,p,5,.8\nb,q,0,.7\n")
        #expect(zoo.datasets.map(\.name) == ["p/0", "p/5", "q/0"])
        #expect(try TableCase.result(zoo, "a", "p/5") == 0.9)
        #expect(TableCase.note(zoo, "tells results of one model and dataset apart") != nil)
        #expect(TableCase.note(zoo, "nearly equal names") == nil)
        let plain = try TableCase.zoo("model,dataset,\(column),accuracy\na,p,5,.9\nb,p,5,.8\n")
        #expect(plain.datasets.map(\.name) == ["p"])
    }

    /// Zero shots and five are not spellings of one name; a commit's hash and a branch are.
    @Test func shotsBehindAnAtSignAreNoRevision() throws {
        let zoo = try TableCase.zoo("model,pets@0shot,pets@5shot\na@main,.5,.9\na@3f2a1c0,.6,.8\n")
        #expect(TableCase.note(zoo, "datasets with nearly equal names") == nil)
        #expect(TableCase.note(zoo, "models with nearly equal names")?.count == 1)
    }

    /// Seeds of pre-training are models of their own, so the choice is the reader's; it is told, and one option joins them.
    @Test func modelsThatDifferByASeedAreReportedAndJoined() throws {
        let table =
            "model,dataset,score\nbert-seed1,p,1\nbert-seed2,p,2\nrob-seed1,p,3\nbert-seed1,q,1\nrob-seed1,q,3\n"
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.count == 3)
        let note = try #require(TableCase.note(zoo, "models whose names differ by a seed"))
        #expect(note.count == 1 && note.choice == .mergeNames && note.examples == ["bert-seed1, bert-seed2 of bert"])
        var options = ReadingOptions()
        options.mergeNames = .reported
        let joined = try TableCase.zoo(table, options: options)
        #expect(joined.models.map(\.name) == ["bert", "rob-seed1"])
        #expect(try TableCase.result(joined, "bert", "p") == 1.5)
        #expect(TableCase.note(joined, "models whose names differ by a seed")?.action == .merged)
    }
}
