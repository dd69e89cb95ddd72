import Testing
import TransferGraphCore

/// Facts about models that are written with a unit or a currency.
struct ColumnUnitTests {
    private func zoo(_ models: String) throws -> Zoo {
        try TableCase.zoo(
            "model,dataset,accuracy\na,pets,0.9\nb,pets,0.8\nc,pets,0.7\n", ["models.csv": models])
    }

    @Test(arguments: [
        ("price", "$0.12,$1.20,$10.00", "$", [0.12, 1.2, 10]),
        ("video_ram", "4GB,512MB,8 GB", "GB", [4, 0.512, 8]),
        ("lat", "12 ms,9 ms,0.1 s", "ms", [12, 9, 100]),
        ("train_hours", "12h,2.5h,30 min", "h", [12, 2.5, 0.5]),
        ("hourly", "0.5 $/h,1 $/h,2 $/h", "$/h", [0.5, 1, 2]),
        ("depth", "12 layers,24 layers,6 layers", "layers", [12, 24, 6]),
    ])
    func numbersWithOneUnitAreNumbers(_ column: String, _ texts: String, _ unit: String, _ values: [Double]) throws {
        let rows = zip(["a", "b", "c"], texts.split(separator: ",")).map { "\($0),\($1)\n" }.joined()
        let zoo = try zoo("model,\(column)\n\(rows)")
        let found = try #require(zoo.modelMetadata.columns.first { $0.name == column })
        for (index, value) in values.enumerated() {
            guard case .number(let number)? = zoo.modelMetadata.value(index, found) else {
                Issue.record("\(column) is no column of numbers")
                continue
            }
            #expect(abs(number - value) < 1e-12)
        }
        let note = try #require(TableCase.note(zoo, "a unit beside each number"))
        #expect(note.count == 1 && note.examples.joined().contains("'\(column)' in \(unit)"))
    }

    /// Wherever such a column stands, its unit is said.
    @Test(arguments: [
        "model,price,pets,cars\na,$0.12,0.9,0.8\nb,$1.20,0.8,0.7\nc,$10.00,0.7,0.6\n",
        "model,dataset,accuracy,price\na,pets,0.9,$0.12\nb,pets,0.8,$1.20\nc,pets,0.7,$10.00\n",
    ])
    func aUnitBesideResultsIsSaid(_ table: String) throws {
        let note = try #require(TableCase.note(TableCase.zoo(table), "a unit beside each number"))
        #expect(note.count == 1 && note.examples.joined().contains("'price' in $"))
    }

    /// Names with digits, ranges, dates and mixtures stay as they are.
    @Test(arguments: [
        "50d,101d,18vd", "70-80,75-85,78-88", "Jan 2022,Feb 2021,May 2020", "4GB,7,8GB", "$1,€2,$3", "2D,3D,2D",
    ])
    func otherTextsAreNone(_ texts: String) throws {
        let rows = zip(["a", "b", "c"], texts.split(separator: ",")).map { "\($0),\($1)\n" }.joined()
        let zoo = try zoo("model,kind\n\(rows)")
        let found = try #require(zoo.modelMetadata.columns.first { $0.name == "kind" })
        #expect(found.values.kind == .category)
    }
}
