import Foundation
import Testing
import TransferGraphCore
import ZooForge

struct WordListTests {
    private func read(_ name: String, _ bytes: Data) throws -> [String] {
        let list = try #require(WordListCatalog.all[name])
        let root = TestFolder.fresh()
        let file = root.appendingPathComponent("usr/share").appendingPathComponent(list.path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        return try WordShelf(root: root).words(list).map(\.text)
    }

    @Test func flagsFieldsNamesAndUnusableEntriesAreLeftOut() throws {
        let text =
            "7\nabarcar/RED\r\nMonagas\nex-rey\nabarcar\nsol po:nom\nno\nextraordinariamente/S\nn\u{303}and\u{fa}/S\n"
        #expect(try read("es", Data(text.utf8)) == ["abarcar", "sol", "ñandú"])
    }

    @Test func aTagChoosesAndAccentsComeOffOnDemand() throws {
        let text = "3\némeu/S po:nom is:mas\nfête/S po:nom is:fem\nfêter po:v1\n"
        #expect(try read("fr-feminine", Data(text.utf8)) == ["fête"])
        #expect(try read("fr-plain", Data(text.utf8)) == ["emeu", "fete", "feter"])
    }

    @Test func capitalisedEntriesAreGermanNouns() throws {
        #expect(try read("de-nouns", Data("3\nÜbung/N\nFDJ\nlaufen/I\nHaus\n".utf8)) == ["haus", "übung"])
        #expect(try read("de", Data("3\nÜbung/N\nFDJ\nlaufen/I\nHaus\n".utf8)) == ["laufen"])
    }

    @Test func olderEncodingsAreRead() throws {
        #expect(try read("pl", Data([0x31, 0x0A, 0xBF, 0xF3, 0xB3, 0x77, 0x2F, 0x41, 0x0A])) == ["żółw"])
        #expect(try read("lt", Data([0x31, 0x0A, 0xFE, 0x61, 0x73, 0xEB, 0x0A])) == ["žasė"])
    }

    @Test func wordsPackAndUnpack() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let codes = (0..<(3 + generator.index(below: 10))).map { _ in
                UInt8(4 + generator.index(below: Alphabet.size - 4))
            }
            #expect(Word(codes).letters == codes)
            #expect(Alphabet.encode(Word(codes).text)?.letters == codes)
        }
        #expect(Alphabet.size <= 256)
    }
}
