import Testing
import TransferGraphCore

/// Tables as R's `write.table` writes them, and those that are only printed.
@Suite struct WriteTableTests {
    @Test(arguments: [
        "\"pets\" \"cars\"\n\"resnet50\" 87.9 91.7\n\"vit b\" 89.5 93\n\"swin_t\" NA 93.9\n",
        "pets\tcars\nresnet50\t87.9\t91.7\nvit b\t89.5\t93\nswin_t\tNA\t93.9\n",
        "\"pets\",\"cars\"\n\"resnet50\",87.9,91.7\n\"vit b\",89.5,93\n\"swin_t\",NA,93.9\n",
        "\"pets\";\"cars\"\n\"resnet50\";87,9;91,7\n\"vit b\";89,5;93\n\"swin_t\";NA;93,9\n",
    ])
    func aHeaderOfOneFieldLessNamesNoRows(_ text: String) throws {
        let zoo = try TableCase.zoo(text)
        #expect(zoo.models.map(\.name) == ["resnet50", "vit b", "swin_t"], "\(text)")
        #expect(zoo.datasets.map(\.name) == ["pets", "cars"], "\(text)")
        #expect(try TableCase.result(zoo, "vit b", "pets") == 89.5)
        #expect(try TableCase.result(zoo, "swin_t", "pets") == nil)
        #expect(TableCase.note(zoo, "as R writes it") != nil)
    }

    @Test func numbersOfRowsAreNoNames() throws {
        let zoo = try TableCase.zoo(
            "\"model\" \"dataset\" \"acc\"\n\"1\" \"resnet50\" \"pets\" 87.9\n\"2\" \"vit\" \"pets\" 89.5\n\"3\" \"resnet50\" \"cars\" 91.7\n\"4\" \"vit\" \"cars\" 93\n"
        )
        #expect(zoo.models.map(\.name) == ["resnet50", "vit"] && zoo.datasets.map(\.name) == ["pets", "cars"])
        let plain = try TableCase.zoo("model dataset acc\nresnet50 pets 87.9\nvit pets 89.5\n")
        #expect(try TableCase.result(plain, "vit", "pets") == 89.5)
        #expect(TableCase.note(plain, "as R writes it") == nil)
    }

    /// One field more is a decimal comma where nothing says names.
    @Test(arguments: ["model,dataset,score\nm,pets,93,45\nn,pets,93,44\n", "a,b\npets,93,4\ncars,93,5\n"])
    func decimalCommasAreNoNames(_ text: String) {
        let error = #expect(throws: ZooError.self) { try TableCase.zoo(text) }
        guard case .table(.content(.overlongRows, _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aDelimiterAtTheEndOfEachRowIsNoName() throws {
        var options = ReadingOptions()
        options.columns = ["model": "net", "dataset": "corpus"]
        let zoo = try TableCase.zoo("net;corpus;score\na;x;0.61;\nb;x;0.72;\n", options: options)
        #expect(try TableCase.result(zoo, "b", "x") == 0.72)
    }

    @Test(arguments: [
        "         pets  cars\nresnet   87.9  91.7\nvit      89.5  93.0\n",
        "         pets cars\nresnet50 87.9 91.7\nvit_b    89.5 93.0\n",
    ])
    func aSmallPrintedFrameIsCalledThat(_ text: String) {
        let error = #expect(throws: ZooError.self) { try TableCase.zoo(text) }
        guard case .table(.content(.notADelimitedTable(.printed), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
