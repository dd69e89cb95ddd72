import Testing
import TransferGraphCore

/// Columns, rows and datasets that are the sum or the mean of all others, whatever they are called.
@Suite struct TotalTests {
    private static let results = [
        ("r", [80.1, 81.7, 90.1]), ("v", [82.5, 83.1, 91.2]), ("s", [84.5, 85.3, 92.6]), ("t", [81.3, 86.1, 90.6]),
    ]

    @Test func sumsInColumnsRowsAndLongTables() throws {
        let sums = Self.results.map { String(($0.1.reduce(0, +) * 10).rounded() / 10) }
        let wide = try TableCase.zoo(
            "model,a,b,c,quux\n"
                + zip(Self.results, sums).map { "\($0.0),\($0.1[0]),\($0.1[1]),\($0.1[2]),\($1)\n" }.joined())
        #expect(wide.datasets.map(\.name) == ["a", "b", "c"])
        #expect(
            TableCase.note(wide, "columns that are no results")?.examples
                == ["records.csv: 'quux': the sum of the 3 others"])
        let rows = (0..<3).map { dataset in
            "\(["a", "b", "c"][dataset]),\(Self.results.map { "\($0.1[dataset])" }.joined(separator: ","))\n"
        }
        let across = try TableCase.zoo(
            "dataset,r,v,s,t\n" + rows.joined() + "quux,\(sums.joined(separator: ","))\n")
        #expect(across.datasets.map(\.name) == ["a", "b", "c"] && across.models.count == 4)
        #expect(TableCase.note(across, "the sum of all others")?.examples == ["records.csv line 5: quux"])
        let long = try TableCase.zoo(
            "model,dataset,score\n"
                + zip(Self.results, sums).map { result, sum in
                    zip(["a", "b", "c"], result.1).map { "\(result.0),\($0),\($1)\n" }.joined()
                        + "\(result.0),quux,\(sum)\n"
                }.joined())
        #expect(long.datasets.map(\.name) == ["a", "b", "c"])
        #expect(TableCase.note(long, "the sum of other datasets, by its numbers")?.count == 4)
    }

    /// Of numbers that were rounded after their mean was taken.
    @Test func meansOfWhatHadMoreDigits() throws {
        let zoo = try TableCase.zoo(
            "model,a,b,c,quux\nr,80.1,81.7,90.1,84.0\nv,82.5,83.1,91.2,85.7\ns,84.5,85.3,92.6,87.4\nt,81.3,86.1,90.6,86.0\nu,71.3,76.4,80.5,76.1\n"
        )
        #expect(zoo.datasets.map(\.name) == ["a", "b", "c"])
    }

    /// A result is no sum of another and a difference, and no file of datasets lists what is none.
    @Test func resultsThatAreSumsOfOthersAndDifferencesStay() throws {
        let zoo = try TableCase.zoo(
            "model,before,after,lift\na,80.1,82.2,2.1\nb,81.4,84.5,3.1\nc,83.2,84.9,1.7\nd,70.3,74.9,4.6\n")
        #expect(zoo.datasets.map(\.name).contains("after"))
        let constant = try TableCase.zoo("model,a,b,c\nx,60.1,39.9,100\ny,70.2,29.8,100\nz,55.3,44.7,100\n")
        #expect(constant.datasets.count == 3)
        let listed = try TableCase.zoo(
            "model,dataset,score\n"
                + Self.results.map { name, values in
                    zip(["a", "b", "c"], values).map { "\(name),\($0),\($1)\n" }.joined()
                        + "\(name),quux,\(values.reduce(0, +))\n"
                }.joined(), ["datasets.csv": "dataset,domain\na,x\nb,x\nc,x\nquux,y\n"])
        #expect(listed.datasets.count == 4)
    }
}
