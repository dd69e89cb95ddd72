import Foundation
import Testing
import TransferGraphCore

@Suite struct DocumentTests {
    private func yaml(_ text: String, firstLine: Int = 1) throws -> DataNode {
        let bytes = Array(text.utf8)
        return try #require(try bytes.withUnsafeBufferPointer { try YAMLReader.read($0, firstLine: firstLine) }.root)
    }

    private func json(_ text: String) throws -> DataNode {
        let bytes = Array(text.utf8)
        return try #require(try bytes.withUnsafeBufferPointer { try JSONReader.read($0) }.root)
    }

    /// huggingface_hub#797: YAML 1.1 makes these a boolean, two numbers and a time.
    @Test(arguments: ["no", "on", "19e4715", "1e5", "12:30", "0x10", "007", "1_000"])
    func namesInYAMLAreTakenAsWritten(_ name: String) throws {
        #expect(try yaml("config: \(name)")["config"]?.name == name)
        #expect(try yaml("[\(name)]").items.first?.name == name)
    }

    @Test(arguments: ["~", "null", "", "None", "'None'", "\"\"", "  "])
    func wordsForNothingAreNoNames(_ text: String) throws {
        #expect(try yaml("a: \(text)")["a"]?.name == nil)
    }

    @Test func linesAreCountedFromTheFilesFirst() throws {
        let root = try yaml("a: 1\nb:\n- x\n- y: 2\n", firstLine: 10)
        #expect(root["a"]?.line == 10)
        #expect(root["b"]?.items.map(\.line) == [12, 13])
        let text = try json("{\n \"a\": [1,\n  {\"b\": \"x\"}]\n}")
        #expect(text["a"]?.items.map(\.line) == [2, 3])
        #expect(text["a"]?.items.last?["b"]?.line == 3)
    }

    @Test func carriageReturnsAndTabsAfterValuesAreNoPartOfThem() throws {
        let root = try yaml("a: x\r\nb: y\t\r\nc:\r\n- z\r\n")
        #expect(root["a"]?.name == "x")
        #expect(root["b"]?.name == "y")
        #expect(root["c"]?.items.first?.name == "z")
        #expect(root["c"]?.line == 4)
    }

    @Test func anAliasStandsForItsNodeAndAMergedMappingForItsKeys() throws {
        let root = try yaml("base: &b {type: glue, config: cola}\nx: *b\ny:\n  <<: *b\n  config: sst2\n")
        #expect(root["x"]?["config"]?.name == "cola")
        #expect(root["y"]?["type"]?.name == "glue")
        #expect(root["y"]?["config"]?.name == "sst2")
    }

    /// Nine levels of nine aliases: 387 million nodes.
    @Test func aliasesThatMultiplyAreRefused() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let inside = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(inside)]\n"
        }
        let error = #expect(throws: DocumentError.self) { try yaml(text) }
        #expect(error?.problem.contains("aliases") == true)
        #expect(throws: DocumentError.self) { try yaml("a: &a [1, *a]") }
        #expect(throws: DocumentError.self) { try yaml("a: *nowhere") }
    }

    @Test func anErrorInYAMLHasItsLine() throws {
        let error = #expect(throws: DocumentError.self) { try yaml("a: 1\nb: [1, 2\nc: 3\n", firstLine: 2) }
        #expect(error?.line == 4)
    }

    @Test func ofTwoEqualKeysTheLastCounts() throws {
        #expect(try yaml("a: 1\na: 2")["a"]?.text == "2")
        #expect(try json("{\"a\": 1, \"a\": 2}")["a"]?.text == "2")
    }

    /// Python's json.dump writes them, and strict readers refuse the whole file.
    @Test func bareNumbersOfPythonAreRead() throws {
        let root = try json(
            "{\"a\": NaN, \"b\": [-Infinity, Infinity, 1.5], \"NaN\": \"a NaN, \\\"Infinity\", \"c\": -1}")
        #expect(root["a"]?.text == "NaN")
        #expect(root["b"]?.items.map(\.text) == ["-Infinity", "Infinity", "1.5"])
        #expect(root["NaN"]?.text == "a NaN, \"Infinity")
        #expect(root["c"]?.text == "-1")
    }

    @Test func numbersInJSONStayAsWritten() throws {
        let root = try json("[0.10, 1e-3, 25557032, 0.8641801045690194, -0]")
        #expect(root.items.map(\.text) == ["0.10", "1e-3", "25557032", "0.8641801045690194", "-0"])
    }

    @Test func deepNestingIsRefusedAndNotACrash() throws {
        for depth in [400, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            if depth < 500 { _ = try json(text) } else { #expect(throws: DocumentError.self) { try json(text) } }
        }
        let flow = String(repeating: "[", count: 100_000)
        #expect(throws: DocumentError.self) { try yaml(flow) }
        let block = String(repeating: "- ", count: 100_000) + "x"
        _ = try? yaml(block)
    }

    @Test func onlyWhatStandsBetweenTheFirstTwoFencesIsFrontMatter() throws {
        func front(_ text: String) -> (String, Int, String, Int)? {
            let bytes = Array(text.utf8)
            return bytes.withUnsafeBufferPointer { buffer in
                FrontMatter(in: buffer).map {
                    (
                        String(decoding: buffer[$0.yaml], as: UTF8.self), $0.firstLine,
                        String(decoding: buffer[$0.body], as: UTF8.self), $0.bodyLine
                    )
                }
            }
        }
        let card = try #require(front("---\na: 1\n---\nbody\n---\nb: 2\n---\n"))
        #expect(card == ("a: 1\n", 2, "body\n---\nb: 2\n---\n", 4))
        #expect(front("\u{FEFF}---\r\na: 1\r\n--- \r\nbody")?.1 == 2)
        #expect(front("\n\n---\na: 1\n---\n")?.1 == 4)
        #expect(front("#@title Card\n---\na: 1\n---\n") == nil)
        #expect(front("---\na: 1\n") == nil)
        #expect(front("") == nil)
    }

    @Test func tablesOfMarkdownAreReadWithoutTheirMarks() throws {
        let text = """
            | Model | Top-1<br>error | `Params` |
            |:--|--:|---|
            | [**VGG16**](https://example.org/a_(b)) | 28.4<br>**27.1** | 138.4M |
            | a \\| b | - |
            ```
            | no | table |
            |----|-------|
            ```
            """
        let tables = MarkdownTables.tables(in: text.split(separator: "\n", omittingEmptySubsequences: false))
        #expect(tables.count == 1)
        #expect(tables.first?.header == ["Model", "Top-1 error", "Params"])
        let row = try #require(tables.first?.rows.first)
        #expect(row.line == 3)
        #expect(MarkdownText.plain("[**VGG16**](https://example.org/a) x") == "VGG16 x")
        #expect(MarkdownText.firstLine(row.fields[1]) == "28.4")
        #expect(tables.first?.rows.last?.fields.count == 2)
    }
}
