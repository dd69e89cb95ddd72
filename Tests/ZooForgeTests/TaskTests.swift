import Foundation
import Testing
import TransferGraphCore
import ZooForge

struct TaskTests {
    private let nordic = ["sv", "da", "nb", "is"]

    private func definition(
        _ name: String, _ role: TaskDefinition.Role, _ lists: [String], training: Int = 60, test: Int = 40
    ) -> TaskDefinition {
        TaskDefinition(
            name, role, "languages", .classes(lists.map { TaskDefinition.ClassDefinition($0, [$0]) }),
            trainingWords: training, testWords: test)
    }

    @Test func noWordIsInASourceAndInATarget() throws {
        let maker = TaskMaker(try InventedLists.shelf(nordic))
        let source = try maker.make(definition("a", .source, nordic, training: 400))
        let target = try maker.make(definition("b", .target, nordic, training: 400))
        let seen = Set(source.training.words).union(source.test.words)
        #expect(seen.isDisjoint(with: target.training.words) && seen.isDisjoint(with: target.test.words))
        #expect(Set(target.training.words).isDisjoint(with: target.test.words))
    }

    @Test func aWordOfTwoLanguagesIsInNoClass() throws {
        // Two names of one file: every word is in both.
        let shelf = try InventedLists.shelf(["lv-nouns", "lv-verbs", "sv", "da"])
        let same = definition("c", .target, ["de", "de-plain"])
        let maker = TaskMaker(try InventedLists.shelf(["de"]))
        #expect(throws: ForgeError.taskTooSmall(task: "c", class: "de", words: 0)) { try maker.make(same) }
        let task = try TaskMaker(shelf).make(definition("d", .target, ["sv", "da"]))
        var labels: [Word: Set<Int32>] = [:]
        for (word, label) in zip(task.training.words, task.training.labels) { labels[word, default: []].insert(label) }
        #expect(labels.values.allSatisfy { $0.count == 1 })
    }

    @Test func classesAreOfTheSizeAskedForAndShuffled() throws {
        let task = try TaskMaker(try InventedLists.shelf(nordic)).make(definition("e", .target, nordic))
        for label in 0..<4 {
            #expect(task.training.labels.count { $0 == label } == 60)
            #expect(task.test.labels.count { $0 == label } == 40)
        }
        #expect(Set(task.training.labels.prefix(60)).count == 4)
    }

    @Test func theSmallVariantOfATaskIsTestedOnTheSameWords() throws {
        let maker = TaskMaker(try InventedLists.shelf(nordic))
        let large = try maker.make(definition("f", .target, nordic))
        let small = try maker.make(definition("f-20", .target, nordic, training: 20))
        #expect(large.test.words == small.test.words)
        #expect(Set(small.training.words).isSubset(of: large.training.words))
    }

    @Test func aMissingListIsNamedWithItsPackage() throws {
        let root = TestFolder.fresh()
        let list = try #require(WordListCatalog.all["sv"])
        let missing = ForgeError.wordListMissing(
            language: "Swedish", package: "hunspell-sv", path: root.path + "/usr/share/" + list.path)
        #expect(throws: missing) { try TaskMaker(WordShelf(root: root)).make(definition("g", .target, ["sv", "da"])) }
    }

    @Test(arguments: TaskCatalog.sources + TaskCatalog.targets)
    func everyTaskDrawsFromListsThatTheCatalogKnows(task: TaskDefinition) {
        for list in task.lists { #expect(WordListCatalog.all[list] != nil, "\(list)") }
    }

    @Test func everyPackageHasItsLicence() {
        #expect(WordListCatalog.packages.filter { PackageLicences.byPackage[$0] == nil } == [])
    }

    @Test func missingLettersAreTheLabels() throws {
        let maker = TaskMaker(try InventedLists.shelf(["es", "sv"], words: 30_000))
        let task = try maker.make(
            TaskDefinition(
                "h", .source, "spelling", .missingLetter(lists: ["es", "sv"]), trainingWords: 30, testWords: 10))
        #expect(task.classes.count == 24)
        #expect(task.training.words.allSatisfy { $0.text.count { $0 == "_" } == 1 })
    }

    @Test func scrambledWordsHaveTheLettersOfRealOnes() throws {
        let maker = TaskMaker(try InventedLists.shelf(["es", "sv"], words: 2000))
        let task = try maker.make(
            TaskDefinition(
                "i", .source, "spelling", .scrambled(lists: ["es", "sv"]), trainingWords: 200, testWords: 50))
        #expect(task.training.count == 400)
        #expect(task.training.labels.count { $0 == 1 } == 200)
    }
}
