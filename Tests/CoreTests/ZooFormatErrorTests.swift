import Foundation
import Testing
import TransferGraphCore

/// Input that is not as it should be is told with its file and line, and what to do.
struct ZooFormatErrorTests {
    private func failure(_ files: [String: String], format: ZooFormat = .auto) throws -> ZooError {
        let directory = try TemporaryZoo(files)
        return try #require(throws: ZooError.self) { try Zoo.load(path: directory.path, format: format) }
    }
    @Test func aColumnOfResultsThatIsMostlyTextIsRefusedWithFileAndLine() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,0.5\na,\"c\nd\",fine\nb,c,good\n"])
        #expect(
            error
                == .table(.content(.mostlyText("fine", column: "score", texts: 2, of: 3), file: "records.csv", line: 3))
        )
    }

    @Test func aDirectoryThatIsNoZooIsRefused() throws {
        let directory = try TemporaryZoo(["notes.txt": "hello"])
        #expect(throws: ZooError.notRecognised(path: directory.path, files: ["notes.txt"])) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func aDirectoryWithZoosInItIsToldWithTheirNames() throws {
        let directory = try TemporaryZoo()
        for name in ["b", "a", "c"] {
            let inside = directory.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
            try directory.write("", to: name == "c" ? "c/notes.txt" : "\(name)/records.csv")
        }
        #expect(throws: ZooError.noRecords(path: directory.path, zoos: ["a", "b"], tables: [])) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func allMissingColumnsAreNamedAtOnceWithThoseThereAreAndTheLineToType() throws {
        let error = try failure(["records.csv": "net,benchmark,points\na,b,1\nc,b,2\nd,b,3\n"])
        #expect(
            error
                == .table(
                    .content(
                        .missingColumns(
                            ["model", "score"], known: ["net", "benchmark", "points"],
                            line: "dataset=benchmark,model=net,score=points"), file: "records.csv", line: 1)))
    }

    @Test func aColumnThatIsThereTwiceIsNamed() throws {
        let error = try failure(["records.csv": "model,dataset,score,score\na,b,0.5,0.6\n"])
        #expect(error == .table(.content(.repeatedColumn("score"), file: "records.csv", line: 1)))
    }

    @Test func aRowWithMoreFieldsThanTheHeaderIsLeftOutAndNeverCut() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,b,0.5\nc,b,0.7,0.9\nd,b,0.6,,\n",
            "models.csv": "model,family\na, the first,vit\nb,vit\nc,vit\n",
        ])
        let zoo = try Zoo.load(path: directory.path)
        let item = zoo.report.items.first { $0.what.hasPrefix("rows with more fields") }
        #expect(item?.count == 2)
        #expect(item?.examples == ["models.csv line 2: a,the first,vit", "records.csv line 3: c,b,0.7,0.9"])
        #expect(try zoo.result(zoo.model(named: "d"), on: zoo.dataset(named: "b")) == 0.6)
        #expect(zoo.results.count == 2)
    }

    @Test func unquotedDecimalCommasAreRefused() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,0,5\nc,b,0,7\n"])
        #expect(
            error
                == .table(
                    .content(
                        .overlongRows(fields: 4, columns: 3, count: 2, decimalComma: true), file: "records.csv", line: 2
                    )))
    }

    @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian])
    func aFileInUTF16IsNamedSo(_ encoding: String.Encoding) throws {
        let directory = try TemporaryZoo(["records.csv": ""])
        let data = try #require("model,dataset,score\na,b,0.5\n".data(using: encoding))
        try data.write(to: directory.url.appendingPathComponent("records.csv"))
        #expect(throws: ZooError.table(.content(.utf16, file: "records.csv", line: 1))) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func anEmptyFileIsRefused() throws {
        #expect(try failure(["records.csv": ""]) == .table(.content(.empty, file: "records.csv", line: nil)))
        #expect(
            try failure(["records.csv": "model,dataset,score\n"])
                == .table(.content(.noRows, file: "records.csv", line: 1)))
        let directory = try TemporaryZoo(["records.csv": "model,dataset,score\na,b,NA\n"])
        #expect(throws: ZooError.noResults(source: directory.path, format: .tidy, leftOut: [])) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func aQuotationThatIsNeverClosedIsNamedWithItsLine() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,1\n\"a,b,1\n"])
        #expect(error == .table(.content(.unclosedQuotation, file: "records.csv", line: 3)))
    }

    @Test func aPathThatIsNotThereIsNamedWithItsNeighbours() throws {
        let directory = try TemporaryZoo(["records.csv": ""])
        let error = #expect(throws: ZooError.self) { try Zoo.load(path: directory.path + "x") }
        guard case .notFound(let path, let folder, let neighbours)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == directory.path + "x" && folder == directory.url.deletingLastPathComponent().path)
        #expect(neighbours.contains(directory.url.lastPathComponent))
    }

    @Test func aGibibyteOfZerosIsRefusedWithinASecond() throws {
        let directory = try TemporaryZoo(["records.csv": ""])
        let handle = try FileHandle(forWritingTo: directory.url.appendingPathComponent("records.csv"))
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        let start = ContinuousClock.now
        #expect(throws: ZooError.table(.content(.zeroByte, file: "records.csv", line: 1))) {
            try Zoo.load(path: directory.path)
        }
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let directory = try TemporaryZoo()
        try Data([109, 44, 0xFF, 0xFE, 10]).write(to: directory.url.appendingPathComponent("records.csv"))
        #expect(throws: ZooError.table(.content(.notUTF8, file: "records.csv", line: 1))) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func misspeltNamesComeWithThoseThatWouldHaveBeenRight() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\nvit-base,pets,0.5\nvit-base,dtd,0.6\nswin-base,pets,0.7\n"
        ])
        let zoo = try Zoo.load(path: directory.path)
        let dataset = #expect(throws: UnknownName.self) { try zoo.dataset(named: "pest") }
        #expect(dataset?.name == "pest" && dataset?.known == ["pets", "dtd"])
        let model = #expect(throws: UnknownName.self) { try zoo.model(named: "vitbase") }
        #expect(model?.name == "vitbase" && model?.known == ["vit-base", "swin-base"])
        let node = #expect(throws: UnknownName.self) { try ZooGraph(zoo).node(named: "pest") }
        #expect(node?.known == ["vit-base", "swin-base", "pets", "dtd"])
        let method = #expect(throws: UnknownName.self) { try MethodCatalog.method(named: "histroy", for: zoo) }
        #expect(method?.known == MethodCatalog.entries(for: zoo).map(\.name))
    }

    @Test(arguments: 0..<50)
    func aTableIsReadAsItWasWritten(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet = ["a", ",", "\"", "\n", "\r\n", "é", " ", "0", "🐝"]
        let rows = (0..<20).map { _ in
            (0..<4).map { column in
                // The header's columns differ.
                "x\(column)"
                    + (0..<generator.index(below: 6)).map { _ in alphabet[generator.index(below: alphabet.count)] }
                    .joined()
            }
        }
        func quoted(_ field: String) -> String {
            field.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
                ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }
        let ending = seed % 2 == 0 ? "\n" : "\r\n"
        let text = rows.map { $0.map(quoted).joined(separator: ",") }.joined(separator: ending)
        let table = try CSVTable(Data(text.utf8), file: "made.csv")
        #expect(([table.header] + table.rows.map(\.fields)) == rows)
    }
}
