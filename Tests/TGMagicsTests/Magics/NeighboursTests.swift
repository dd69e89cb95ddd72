import Foundation
import JupyterKernel
import TGMagics
import Testing

@Suite struct NeighboursTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    /// Results that make the edges a–x, b–x, a–y, b–y, c–z and d–z, and a dataset w that nothing is known of.
    init() throws {
        directory = try TemporaryDirectory()
        try directory.write(
            "model,dataset,score\na,x,1\na,y,0.9\na,z,0.1\nb,x,0.9\nb,y,0.8\nb,z,0.2\nc,x,0.1\nc,y,0.2\nc,z,1\n"
                + "d,x,0\nd,y,0\nd,z,0.9\n", to: "records.csv")
        try directory.write(
            "model,family,maker\na,vit,one\nb,vit,one\nc,resnet,one\nd,vit,one\n", to: "models.csv")
        try directory.write("dataset,classes\nx,10\ny,10\nz,3\nw,5\n", to: "datasets.csv")
        try directory.write("dataset_a,dataset_b,distance\nx,y,0.1\nx,z,1\ny,z,1.1\n", to: "similarity.csv")
        try notebook.run("%zoo load '\(directory.path)'\n%graph build --recipe paper --edges results,similarity")
    }

    private func neighbour(_ name: String, of json: JSON) throws -> JSON {
        try #require(json["neighbours"]?.array?.first { $0["name"]?.string == name })
    }

    private func number(_ json: JSON?) throws -> Double {
        switch try #require(json) {
        case .number(let value): return value
        case .integer(let value): return Double(value)
        default: throw TestNotebook.UnexpectedSuccess(code: "no number")
        }
    }

    /// The edges by hand: the results above half, min-max normalised.
    @Test func whatTwoModelsShareIsTold() throws {
        let json = try notebook.json("%neighbours a --learner spectral")
        let found = try neighbour("b", of: json)
        #expect(json["neighbours"]?.array?.first?["name"] == "b")
        #expect(found["joined_with_both"] == ["x", "y"])
        #expect(found["edges"] == [])
        // Three of four are vit; one maker of all tells no two apart.
        #expect(found["said_of_both"]?.array?.map { $0["value"] ?? .null } == ["vit"])
        #expect(try number(found["said_of_both"]?.array?.first?["share"]) == 0.75)
        #expect(try number(found["results"]?["shared"]) == 3)
        // a has 1, 1, 0 and b 0.9, 0.89, 0.11: ranks 2.5, 2.5, 1 and 3, 2, 1.
        #expect(abs(try number(found["results"]?["spearman"]) - 1.5 / 3.0.squareRoot()) < 1e-9)
    }

    @Test func aDatasetOfAModelIsToldWithTheResult() throws {
        let found = try neighbour("x", of: try notebook.json("%neighbours b --learner spectral"))
        #expect(found["edges"]?.array?.first?["kind"] == "results")
        #expect(try number(found["results"]?["value"]) == 0.9)
        #expect(try number(found["results"]?["rank"]) == 2)
        #expect(try number(found["results"]?["of"]) == 4)
    }

    @Test func aHeldOutTargetHasNoResultsToShare() throws {
        try notebook.run("%graph build --target x --edges results,similarity --recipe paper")
        let found = try neighbour("a", of: try notebook.json("%neighbours x --learner spectral"))
        #expect(found["results"] == .null)
        #expect(found["edges"] == [])
    }

    @Test func tablesAndFilesHaveTheSameCosines() throws {
        let file = directory.path + "/vectors.csv"
        try notebook.run("%embed node2vec --dimension 6 --no-quality --export '\(file)'")
        let json = try notebook.json("%neighbours a")
        #expect(json["learner"] == "node2vec" && json["dimension"] == 6)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        #expect(lines[0] == ["node", "x0", "x1", "x2", "x3", "x4", "x5"])
        let vectors = Dictionary(
            uniqueKeysWithValues: lines.dropFirst().map { ($0[0], $0.dropFirst().compactMap(Double.init)) })
        #expect(vectors.count == 8)
        func cosine(_ a: [Double], _ b: [Double]) -> Double {
            func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
            return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
        }
        let own = try #require(vectors["a"])
        let listed = try #require(json["neighbours"]?.array)
        #expect(listed.count == 6)
        for item in listed {
            let other = try #require(item["name"]?.string.flatMap { vectors[$0] })
            #expect(abs(try number(item["cosine"]) - cosine(own, other)) < 1e-6)
        }
        let rows = try notebook.json("%%sql\nselect neighbour, cosine, neighbour_type from neighbours where node = 'a'")
        let table = try #require(rows["rows"]?.array)
        #expect(table.count == 6)
        for row in table {
            let cells = try #require(row.array)
            let other = try #require(cells[0].string.flatMap { vectors[$0] })
            #expect(abs(try number(cells[1]) - cosine(own, other)) < 1e-6)
            #expect(cells[2] == (["b", "c", "d"].contains(cells[0].string) ? "model" : "dataset"))
        }
    }

    @Test func withoutAnEmbeddingTheUsualOneIsLearnedAndKept() throws {
        let json = try notebook.json("%neighbours z")
        let again = try notebook.json(
            "%%sql\nselect neighbour, cosine from neighbours where node = 'z' order by cosine desc")
        let first = try #require(json["neighbours"]?.array?.first)
        #expect(again["rows"]?.array?.contains { $0.array?.first == first["name"] } == true)
        #expect(try notebook.text("%who").contains("(current embedding)"))
        #expect(try notebook.text("%who").contains(json["learner"]?.string ?? "no learner"))
    }

    @Test func aConditionWithoutAnEmbeddingSaysWhereTheTableIs() throws {
        let error = try notebook.error("%models --where \"model in (select neighbour from neighbours)\"")
        #expect(error.name == "SQLError")
        #expect(error.traceback.joined().contains("%%sql"))
    }

    @Test func aNodeWithoutEdgesHasNoNeighboursAndIsNobodys() throws {
        #expect(try notebook.error("%neighbours w").name == "NoEdges")
        let json = try notebook.json("%neighbours x --top 9")
        #expect(json["neighbours"]?.array?.contains { $0["name"] == "w" } == false)
        #expect(try notebook.text("%neighbours x").contains("1 node without an edge"))
        #expect(try notebook.error("%neighbours nobody").name == "UnknownNode")
    }

    @Test func anNpyHasItsNamesBesideIt() throws {
        let file = directory.path + "/vectors.npy"
        try notebook.run("%embed spectral --dimension 3 --no-quality --export '\(file)'")
        let names = try String(contentsOfFile: directory.path + "/vectors.txt", encoding: .utf8)
        #expect(names == "a\nb\nc\nd\nw\nx\ny\nz\n" || names.split(separator: "\n").prefix(4) == ["a", "b", "c", "d"])
        #expect(names.split(separator: "\n").count == 8)
        let bytes = try #require(FileManager.default.contents(atPath: file))
        #expect(bytes.count % 64 == (8 * 3 * 4) % 64)
    }
}
