import Foundation
import TransferGraphCore
import ZooForge

/// Word lists in which each language is invented: its own few letters are common, so that languages can be told apart.
/// The tests need no word list of a real language.
enum InventedLists {
    /// A shelf in a fresh folder, with a list for each of these names.
    static func shelf(_ names: [String], words: Int = 400, seed: UInt64 = 1) throws -> WordShelf {
        let root = TestFolder.fresh()
        for (index, name) in names.enumerated() {
            guard let list = WordListCatalog.all[name] else { continue }
            var generator = SeededGenerator(seed: seed, stream: UInt64(index))
            let letters = Array("abcdefghijklmnopqrstuvwxyz")
            let favourites = (0..<5).map { letters[(index * 7 + $0 * 3) % letters.count] }
            let lines = (0..<words).map { _ in
                String(
                    (0..<(4 + generator.index(below: 7))).map { _ in
                        generator.uniform() < 0.6
                            ? favourites[generator.index(below: 5)] : letters[generator.index(below: letters.count)]
                    })
            }
            let file = root.appendingPathComponent("usr/share").appendingPathComponent(list.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(("\(words)\n" + lines.map { $0 + "/AB\n" }.joined()).utf8).write(to: file)
        }
        return WordShelf(root: root)
    }
}
