import Foundation
import Testing
import TransferGraphCore

/// On which scale a number was written, and on which a dataset's results are.
struct ScaleTests {
    @Test func percentSignsAreRead() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,53.36%\nb,d,68.00%\n")
        #expect(try TableCase.result(zoo, "a", "d") == 53.36)
        #expect(try TableCase.metric(zoo, "d").scale == .percent)
    }

    @Test func fractionsBesidePercentsOfAKnownMetricAreBroughtToTheScaleOfMost() throws {
        let zoo = try TableCase.zoo("model,dataset,accuracy\na,d,53\nb,d,0.68\nc,d,71.5\n")
        #expect(try TableCase.result(zoo, "b", "d") == 68)
        #expect(try TableCase.metric(zoo, "d").scale == .percent)
        #expect(TableCase.note(zoo, "fractions beside percents")?.examples == ["records.csv line 3: 0.68 is 68"])
    }

    @Test func withoutAMetricNothingIsRescaledAndAMixtureIsSaid() throws {
        let text = "model,dataset,score\na,d,53\nb,d,0.68\nc,d,71.5\n"
        let zoo = try TableCase.zoo(text)
        #expect(try TableCase.result(zoo, "b", "d") == 0.68)
        #expect(try TableCase.metric(zoo, "d").scale == .asWritten)
        #expect(TableCase.note(zoo, "fractions and percents together")?.count == 1)
        var options = ReadingOptions()
        options.scale = .fraction
        let fractions = try TableCase.zoo(text, options: options)
        #expect(try TableCase.result(fractions, "a", "d") == 0.53)
        #expect(try TableCase.result(fractions, "b", "d") == 0.68)
        #expect(TableCase.note(fractions, "fractions and percents together") == nil)
        options.scale = .percent
        #expect(try TableCase.result(TableCase.zoo(text, options: options), "b", "d") == 68)
    }

    /// No gap of about a hundred parts them: the smallest error is the best one, not a hundred times as large.
    @Test(arguments: [
        ("cer", [2.89, 0.97, 3.1]), ("top1_err", [0.23, 0.45, 1.12]), ("accuracy", [0.9, 8.1, 14, 3.3]),
        ("wer", [0.97, 1.4, 1.9, 2.6]), ("eer", [0.87, 1.05]), ("error rate", [0.9, 2.1, 4]),
    ])
    func smallPercentsStayPercents(metric: String, values: [Double]) throws {
        let rows = values.enumerated().map { "m\($0),d,\($1)\n" }.joined()
        let zoo = try TableCase.zoo("model,dataset,\(metric)\n" + rows)
        for (index, value) in values.enumerated() { #expect(try TableCase.result(zoo, "m\(index)", "d") == value) }
        #expect(try TableCase.metric(zoo, "d").scale == .percent)
        #expect(TableCase.note(zoo, "all taken for percents")?.examples == ["d"])
    }

    /// A gap of about a hundred is one of scales, also for errors, shares among the first, and rates of wins.
    @Test(arguments: ["accuracy", "error_rate", "R@1", "win rate", "miss rate", "fnr", "mc2"])
    func aGapOfAHundredIsAMixture(metric: String) throws {
        let zoo = try TableCase.zoo(
            "model,dataset,metric,score\na,d,\(metric),0.51\nb,d,\(metric),48.2\nc,d,\(metric),51\n")
        #expect(try TableCase.result(zoo, "a", "d") == 51)
        #expect(TableCase.note(zoo, "fractions beside percents")?.count == 1)
    }

    @Test func twoResultsCanBeAMixture() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,51.2\nb,d,0.481\n")
        #expect(TableCase.note(zoo, "fractions and percents together")?.count == 1)
        #expect(TableCase.note(try TableCase.zoo("model,dataset,score\na,d,5\nb,d,0.5\n"), "together") == nil)
    }

    @Test func whatAMetricCannotHaveIsNoResult() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,accuracy\na,d,0.9\nb,d,-999\nc,d,0.8\ne,d,1e9\nf,d,-1\ng,d,0.7\nh,d,0.6\n")
        #expect(zoo.results.count == 4)
        #expect(TableCase.note(zoo, "metric cannot have")?.count == 3)
        #expect(try #require(zoo.reading).entries.filter { $0.decision.reason == .impossible }.count == 3)
        // Most of them: it is the name that is not understood.
        let permille = try TableCase.zoo("model,dataset,accuracy\na,d,930\nb,d,870\nc,d,99\n")
        #expect(permille.results.count == 3)
        #expect(TableCase.note(permille, "lets expect")?.count == 2)
        var options = ReadingOptions()
        options.scale = .asWritten
        #expect(
            try TableCase.zoo("model,dataset,accuracy\na,d,0.9\nb,d,150\nc,d,0.8\n", options: options).results.count
                == 3)
        // Differences carry the name of what they are the difference of.
        let differences = try TableCase.zoo(
            "model,dataset,metric,score\na,d,p-MRR,-0.2\nb,d,p-MRR,0.1\nc,d,p-MRR,0.3\n")
        #expect(differences.results.count == 3)
    }

    @Test func aResultFarFromAllOthersIsNamed() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,0.9\nb,d,0.8\nc,d,9999\ne,d,0.7\n")
        #expect(TableCase.note(zoo, "a hundred times as large")?.examples == ["d: 9999 (records.csv line 4)"])
    }

    @Test func unitsThatDifferAreSaid() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,metric,score,unit\na,x,rmse,12,cm\nb,x,rmse,0.11,m\na,y,rmse,3,m\nb,y,rmse,4,m\n")
        #expect(TableCase.note(zoo, "differ in 'unit'")?.examples == ["x: cm, m"])
    }

    @Test func numbersOfUnboundedMetricsAreNeverRescaled() throws {
        let zoo = try TableCase.zoo("model,dataset,rmse\na,d,0.5\nb,d,12\nc,d,3\n")
        #expect(try TableCase.result(zoo, "a", "d") == 0.5)
        #expect(TableCase.note(zoo, "together") == nil)
    }

    @Test func asWrittenKeepsEveryNumber() throws {
        var options = ReadingOptions()
        options.scale = .asWritten
        let zoo = try TableCase.zoo("model,dataset,accuracy\na,d,53%\nb,d,0.68\n", options: options)
        #expect(try TableCase.result(zoo, "a", "d") == 53)
        #expect(try TableCase.result(zoo, "b", "d") == 0.68)
    }

    @Test func uncertaintiesAndIntervalsGiveTheirFirstNumberAndTheTextIsKept() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,0.93 ± 0.01\nb,d,\"0.14 [0.13, 0.15]\"\nc,d,**0.5**\n")
        #expect(try TableCase.result(zoo, "a", "d") == 0.93)
        #expect(try TableCase.result(zoo, "b", "d") == 0.14)
        #expect(try TableCase.result(zoo, "c", "d") == 0.5)
        let entries = try #require(zoo.reading).entries.map { ($0.written, $0.value) }
        #expect(entries.map(\.0) == ["0.93 ± 0.01", "0.14 [0.13, 0.15]", "**0.5**"])
        #expect(entries.map(\.1) == [0.93, 0.14, 0.5])
    }

    @Test func decimalCommasAreToldByTheColumn() throws {
        let quoted = try TableCase.zoo("model,dataset,score\na,d,\"0,5336\"\nb,d,\"0,68\"\n")
        #expect(try TableCase.result(quoted, "a", "d") == 0.5336)
        let semicolons = try TableCase.zoo("model;dataset;score\na;d;0,5336\nb;d;1,234\n")
        #expect(try TableCase.result(semicolons, "b", "d") == 1.234)
        let thousands = try TableCase.zoo("model,dataset,score\na,d,\"1,234\"\nb,d,\"1,234.5\"\n")
        #expect(try TableCase.result(thousands, "a", "d") == 1234)
    }

    /// One field that leaves no choice decides for those that do.
    @Test(
        arguments: [
            (["1,234", "0,93"], 1.234), (["1,234", "22.1"], 1234), (["1,234", "1,234.5"], 1234),
            (["1,234", "1.234,5"], 1.234),
            (["1,234", "1,234,567"], 1234),
        ] as [([String], Double)])
    func aColumnDecidesWhatItsCommasMean(fields: [String], first: Double) throws {
        let rows = fields.enumerated().map { "m\($0.offset);d;\($0.element)\n" }.joined()
        #expect(try TableCase.result(TableCase.zoo("model;dataset;score\n" + rows), "m0", "d") == first)
    }

    @Test func aColumnThatSaysBothIsRefusedForAFieldThatCouldBeEither() throws {
        #expect(throws: ZooError.self) {
            try TableCase.zoo("model;dataset;score\na;d;1,234\nb;d;0,93\nc;d;0.93\n")
        }
    }

    /// One number a thousand times larger than the others is one with another decimal mark.
    @Test(
        arguments: [
            (["91,4", "91.125", "93,0", "90,1"], 91.125, 91125), (["88.5", "91,234", "93.41"], 91.234, 91234),
        ] as [([String], Double, Double)])
    func aSeparatorThatMakesANumberFarLargerThanAllOthersIsRefusedWithBothReadings(
        fields: [String], decimal: Double, thousands: Double
    ) throws {
        let rows = fields.enumerated().map { "m\($0.offset);d;\($0.element)\n" }.joined()
        #expect(
            throws: ZooError.table(
                .content(
                    .ambiguousComma(fields[1], column: "accuracy", decimal: decimal, thousands: thousands),
                    file: "records.csv", line: 3))
        ) { try TableCase.zoo("model;dataset;accuracy\n" + rows) }
    }

    /// Where points are plainly decimal, the option leaves them so.
    @Test func decimalCommasLeaveTheOtherColumnsPointsAlone() throws {
        var options = ReadingOptions()
        options.comma = .decimal
        let zoo = try TableCase.zoo("model;Pets;Cars\na;91,234;81.1\nb;93,41;83.456\nc;88,5;79.5\n", options: options)
        #expect(try TableCase.result(zoo, "b", "Cars") == 83.456 && TableCase.result(zoo, "a", "Pets") == 91.234)
    }

    @Test func aCommaThatCouldBeEitherIsRefusedWithBothReadings() throws {
        let text = "model,dataset,score\na,d,\"1,234\"\nb,d,567\n"
        #expect(
            throws: ZooError.table(
                .content(
                    .ambiguousComma("1,234", column: "score", decimal: 1.234, thousands: 1234), file: "records.csv",
                    line: 2))
        ) { try TableCase.zoo(text) }
        var options = ReadingOptions()
        options.comma = .thousands
        #expect(try TableCase.result(TableCase.zoo(text, options: options), "a", "d") == 1234)
    }

    /// Values of one entry have one scale: a percent below 1 beside others above.
    @Test func anEntryIsInPercentAsAWhole() throws {
        var facts = Facts()
        facts.beginSource("made", format: .huggingface)
        let file = facts.addFile("card.md")
        let entry = facts.newEntry()
        for (metric, value) in [("wer", "4.09"), ("cer", "0.88")] {
            facts.add(
                model: "a", dataset: "voice", metric: metric, written: value, entry: entry,
                at: .init(file: file, line: 1))
        }
        facts.add(
            model: "b", dataset: "voice", metric: "cer", written: "0.02", entry: facts.newEntry(), at: .init(file: file)
        )
        var options = ReadingOptions()
        options.metric = "cer"
        let zoo = try ZooChoice(facts, options: options).zoo(name: "z", source: "made")
        let values = try [TableCase.result(zoo, "a", "voice"), TableCase.result(zoo, "b", "voice")]
        // One each way: fractions.
        #expect(values == [0.0088, 0.02])
    }
}
