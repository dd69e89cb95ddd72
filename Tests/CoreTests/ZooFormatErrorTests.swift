import Foundation
import Testing
import TransferGraphCore

/// Input that is not as it should be is told with its file and line, and what to do.
struct ZooFormatErrorTests {
    private func failure(_ files: [String: String], format: ZooFormat = .auto) throws -> UserError {
        let directory = try TemporaryZoo(files)
        do throws(UserError) {
            _ = try Zoo.load(path: directory.path, format: format)
        } catch {
            return error
        }
        throw NoFailure()
    }
    private struct NoFailure: Error {}

    @Test func aTextWhereANumberBelongsIsNamedWithFileAndLine() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,0.5\na,\"c\nd\",0.6\nb,c,good\n"])
        #expect(error.name == "ZooFormatError")
        #expect(error.place == .init(file: "records.csv", line: 5))
        #expect(error.message.contains("'good'"))
        #expect(error.message.contains("'score'"))
    }

    @Test func aDirectoryThatIsNoZooIsRefused() throws {
        #expect(try failure(["notes.txt": "hello"]).message.contains("no records.csv"))
    }

    @Test func aMissingColumnIsNamedWithTheColumnsThereAre() throws {
        let error = try failure(["records.csv": "model,dataset,result\na,b,1\n"])
        #expect(error.message.contains("'score'"))
        #expect(error.hint?.contains("'result'") == true)
    }

    @Test func aColumnThatIsThereTwiceIsNamed() throws {
        let error = try failure(["records.csv": "model,dataset,score,score\na,b,0.5,0.6\n"])
        #expect(error.place == .init(file: "records.csv", line: 1))
        #expect(error.message.contains("two columns 'score'"))
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
        let error = #expect(throws: UserError.self) { try Zoo.load(path: directory.path) }
        #expect(error?.message == "records.csv is written in UTF-16.")
    }

    @Test func anEmptyFileIsRefused() throws {
        #expect(try failure(["records.csv": ""]).message == "records.csv is empty.")
        #expect(try failure(["records.csv": "model,dataset,score\n"]).message.contains("no usable fine-tuning result"))
    }

    @Test func aQuotationThatIsNeverClosedIsNamedWithItsLine() throws {
        let error = try failure(["records.csv": "model,dataset,score\na,b,1\n\"a,b,1\n"])
        #expect(error.place?.line == 3)
    }

    @Test func aPathThatIsNotThereIsNamedWithItsNeighbours() throws {
        let directory = try TemporaryZoo(["records.csv": ""])
        let error = #expect(throws: UserError.self) { try Zoo.load(path: directory.path + "x") }
        #expect(error?.name == "FileNotFound")
        #expect(error?.hint?.contains(directory.url.lastPathComponent) == true)
    }

    @Test func aGibibyteOfZerosIsRefusedWithinASecond() throws {
        let directory = try TemporaryZoo(["records.csv": ""])
        let handle = try FileHandle(forWritingTo: directory.url.appendingPathComponent("records.csv"))
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        let start = ContinuousClock.now
        let error = #expect(throws: UserError.self) { try Zoo.load(path: directory.path) }
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(error?.message.contains("zero byte") == true)
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let directory = try TemporaryZoo()
        try Data([109, 44, 0xFF, 0xFE, 10]).write(to: directory.url.appendingPathComponent("records.csv"))
        let error = #expect(throws: UserError.self) { try Zoo.load(path: directory.path) }
        #expect(error?.message.contains("UTF-8") == true)
    }

    @Test func misspeltNamesAreAnsweredWithTheNearest() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\nvit-base,pets,0.5\nvit-base,dtd,0.6\nswin-base,pets,0.7\n"
        ])
        let zoo = try Zoo.load(path: directory.path)
        let dataset = #expect(throws: UserError.self) { try zoo.dataset(named: "pest") }
        #expect(dataset?.name == "UnknownDataset")
        #expect(dataset?.hint?.contains("pets") == true)
        let model = #expect(throws: UserError.self) { try zoo.model(named: "vitbase") }
        #expect(model?.hint?.contains("vit-base") == true)
        let method = #expect(throws: UserError.self) { try MethodCatalog.method(named: "histroy", for: zoo) }
        #expect(method?.name == "UnknownMethod")
        #expect(method?.hint?.contains("history") == true)
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
