import Foundation
import Testing
import TransferGraphCore

/// Input that is not as it should be is told with its file and line, and what to do.
struct ZooFormatErrorTests {
    private func failure(_ files: [String: String], format: ZooFormat = .auto) throws -> ZooError {
        let directory = try TemporaryZoo(files)
        do throws(ZooError) {
            _ = try Zoo.load(path: directory.path, format: format)
        } catch {
            return error
        }
        throw NoFailure()
    }
    private struct NoFailure: Error {}

    @Test func aTextWhereANumberBelongsIsNamedWithFileAndLine() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,0.5\na,\"c\nd\",0.6\nb,c,good\n"])
        #expect(error == .table(.content(.notANumber("good", column: "score"), file: "records.csv", line: 5)))
    }

    @Test func aDirectoryThatIsNoZooIsRefused() throws {
        let directory = try TemporaryZoo(["notes.txt": "hello"])
        #expect(throws: ZooError.noRecords(path: directory.path, zoos: [])) { try Zoo.load(path: directory.path) }
        #expect(throws: ZooError.notADirectory(path: directory.path + "/notes.txt")) {
            try Zoo.load(path: directory.path + "/notes.txt")
        }
    }

    @Test func aDirectoryWithZoosInItIsToldWithTheirNames() throws {
        let directory = try TemporaryZoo()
        for name in ["b", "a", "c"] {
            let inside = directory.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
            try directory.write("", to: name == "c" ? "c/notes.txt" : "\(name)/records.csv")
        }
        #expect(throws: ZooError.noRecords(path: directory.path, zoos: ["a", "b"])) {
            try Zoo.load(path: directory.path)
        }
    }

    @Test func aMissingColumnIsNamedWithTheColumnsThereAre() throws {
        let error = try failure(["records.csv": "model,dataset,result\na,b,1\n"])
        let known = ["model", "dataset", "result"]
        #expect(error == .table(.content(.missingColumn("score", known: known), file: "records.csv", line: 1)))
    }

    @Test func aColumnThatIsThereTwiceIsNamed() throws {
        let error = try failure(["records.csv": "model,dataset,score,score\na,b,0.5,0.6\n"])
        #expect(error == .table(.content(.repeatedColumn("score"), file: "records.csv", line: 1)))
    }

    @Test func fieldsBeyondTheHeaderAreToldWithFileAndLine() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,b,0.5\nc,b,0.7,0.9\nd,b,0.6,,\n",
            "models.csv": "model,family\na, the first,vit\n",
        ])
        let report = try Zoo.load(path: directory.path).report
        let item = report.items.first { $0.what.hasPrefix("fields beyond") }
        #expect(item?.count == 2)
        #expect(item?.examples == ["models.csv line 2", "records.csv line 3"])
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
        let directory = try TemporaryZoo(["records.csv": "model,dataset,score\n"])
        #expect(throws: ZooError.noResults(source: directory.path)) { try Zoo.load(path: directory.path) }
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
