import Testing
import TransferGraphCore

/// What is no number is counted, never 0, and never refuses a file.
struct MissingTests {
    @Test(arguments: [
        "", "NaN", "nan", "NA", "N/A", "None", "null", "-", "–", "?", "OOM", "tbd", "#N/A", " ", "inf", "-inf",
    ])
    func aResultThatIsMissingIsLeftOutAndCounted(text: String) throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,0.5\nb,d,\(text)\nc,d,0.7\n")
        #expect(zoo.results.count == 2)
        #expect(TableCase.note(zoo, "no number")?.count == 1)
        #expect(TableCase.note(zoo, "no number")?.examples.first?.hasPrefix("records.csv line 3") == true)
        #expect(try zoo.result(0, on: zoo.dataset(named: "d")) == 0.5)
        let entry = try #require(zoo.reading?.entries.first { $0.model == "b" })
        #expect(entry.value == nil && entry.decision.reason == .noNumber)
    }

    @Test func anUnreadableFieldOfAModelDoesNotBlockTheZoo() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\na,d,0.5\nb,d,0.7\n",
            ["models.csv": "model,parameters,family\na,22.1M,vit\nb,many,resnet\n"])
        #expect(zoo.models.map(\.parameters) == [22.1e6, nil])
        #expect(zoo.models.map(\.family) == ["vit", "resnet"])
        let note = TableCase.note(zoo, "no number in a column of numbers")
        #expect(note?.examples == ["models.csv line 3: parameters 'many'"])
    }

    @Test func thousandsInCountsAreRead() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\na,d,0.5\nb,d,0.7\n",
            [
                "datasets.csv": "dataset,size,classes\nd,\"11,788\",200\n",
                "models.csv": "model,parameters\na,\"1,013.01\"\nb,+22.1\n",
            ])
        #expect(zoo.datasets[0].size == 11788)
        // Counts have no fractions: these are millions, which is said.
        #expect(zoo.models.map(\.parameters) == [1_013_010_000, 22_100_000])
        #expect(TableCase.note(zoo, "millions")?.count == 2)
    }
}
