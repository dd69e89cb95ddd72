import Testing
import TransferGraphCore

/// The line that a refusal proposes is one that works, and names what is missing.
@Suite struct RefusalLineTests {
    private func refusal(_ table: String) throws -> (missing: [String], line: String?) {
        let error = #expect(throws: ZooError.self) { try TableCase.zoo(table) }
        guard case .table(.content(.missingColumns(let missing, _, let line), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return ([], nil)
        }
        return (missing, line)
    }

    /// An empty column of results holds none, and the test comes before other splits.
    @Test(arguments: [
        ("Task,Model,Dev,Test\nmnli,bert,84.1,83.9\nmnli,roberta,87.1,86.9\nsst2,bert,92.1,91.9\n", "Test"),
        ("Task,Model,Dev,Result\nmnli,bert,84.1,\nmnli,roberta,87.1,\nsst2,bert,92.1,\n", "Dev"),
        (
            "Task,Model,Score,Dev,Test\nmnli,bert,-,84.1,83.9\nmnli,roberta,,87.1,86.9\nsst2,bert,TBD,92.1,91.9\n",
            "Test"
        ),
    ])
    func noEmptyColumnIsProposed(_ table: String, _ column: String) throws {
        let (missing, line) = try refusal(table)
        #expect(missing == ["score"] && line == "model=Model,dataset=Task,score=\(column)")
        var options = ReadingOptions()
        options.columns = ["model": "Model", "dataset": "Task", "score": column]
        #expect(try TableCase.zoo(table, options: options).results.count == 3)
    }

    @Test func aMetricIsReadBesideAnEmptyColumnOfResults() throws {
        let zoo = try TableCase.zoo("model,dataset,result,accuracy\na,x,,.9\nb,x,,.8\na,y,,.7\nb,y,,.6\n")
        #expect(try TableCase.result(zoo, "a", "x") == 0.9)
    }

    /// A leaderboard of one competition: teams for models, and no dataset.
    @Test func aLeaderboardOfACompetitionLacksItsDataset() throws {
        let (missing, line) = try refusal(
            "Rank,TeamId,TeamName,LastSubmissionDate,Score,SubmissionCount\n1,123,Alpha,2023-01-02 10:00:00,0.95,12\n2,124,Beta,2023-01-03 10:00:00,0.94,8\n3,125,Gamma,2023-01-04 10:00:00,0.93,3\n"
        )
        #expect(missing == ["model", "dataset"])
        #expect(line == "score=Score,model=TeamName,dataset=NAME")
    }
}
