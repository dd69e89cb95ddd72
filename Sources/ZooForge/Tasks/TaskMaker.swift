import TransferGraphCore

/// Draws the words of tasks.
///
/// Every list is split in two halves by a hash of the word alone: sources draw from one, targets from the other, so
/// that no fine-tuned model is tested on a word any model was pre-trained on. Which words of a half are drawn follows
/// from the task's name, so a task is the same in every run.
public struct TaskMaker: Sendable {
    private let shelf: WordShelf

    public init(_ shelf: WordShelf) {
        self.shelf = shelf
    }

    /// - Throws: what ``WordShelf/words(_:)`` throws, and ``ForgeError/taskTooSmall(task:class:words:)`` where a class has
    ///   fewer than 20 words to learn from.
    public func make(_ definition: TaskDefinition) throws(ForgeError) -> WordTask {
        var generator = SeededGenerator(seed: Hashing.hash(definition.drawName))
        switch definition.making {
        case .classes(let classes):
            return try classesTask(definition, classes, &generator)
        case .shuffledLabels(let classes):
            let task = try classesTask(definition, classes, &generator)
            return WordTask(
                definition, classes: task.classes, training: relabelled(task.training, classes.count, &generator),
                test: relabelled(task.test, classes.count, &generator))
        case .scrambled(let lists):
            return try scrambledTask(definition, lists, &generator)
        case .missingLetter(let lists):
            return try missingLetterTask(definition, lists, &generator)
        }
    }

    private typealias Item = (word: Word, label: Int32)

    /// The words of the lists that the role may use, in order, without repetition.
    private func pool(_ lists: [String], _ role: TaskDefinition.Role) throws(ForgeError) -> [Word] {
        var words: [Word] = []
        for name in lists {
            guard let list = WordListCatalog.all[name] else {
                throw .unknownWordList(name)
            }
            for word in try shelf.words(list) where (word.fingerprint & 1 == 0) == (role == .source) {
                words.append(word)
            }
        }
        return lists.count == 1 ? words : Set(words).sorted()
    }

    private func classesTask(
        _ definition: TaskDefinition, _ classes: [TaskDefinition.ClassDefinition],
        _ generator: inout SeededGenerator
    ) throws(ForgeError) -> WordTask {
        var pools: [[Word]] = []
        for definitionOfClass in classes { pools.append(try pool(definitionOfClass.lists, definition.role)) }
        let all = pools.flatMap { $0 }.sorted()
        let shared = Set(zip(all, all.dropFirst()).filter { $0 == $1 }.map(\.0))
        var training: [Item] = []
        var test: [Item] = []
        for (label, pool) in pools.enumerated() {
            var own = pool.filter { !shared.contains($0) }
            own.shuffle(using: &generator)
            try split(own.map { ($0, Int32(label)) }, definition, classes[label].name, &training, &test)
        }
        training.shuffle(using: &generator)
        return WordTask(
            definition, classes: classes.map(\.name), training: .init(training), test: .init(test))
    }

    /// The first third of a small pool, else the first `testWords`, is for testing; what follows is for learning.
    private func split(
        _ items: [Item], _ definition: TaskDefinition, _ name: String, _ training: inout [Item], _ test: inout [Item]
    ) throws(ForgeError) {
        let tested = min(definition.testWords, items.count / 3)
        let learned = min(definition.trainingWords, items.count - tested)
        guard learned >= 20 else {
            throw .taskTooSmall(task: definition.name, class: name, words: learned)
        }
        test += items.prefix(tested)
        training += items.dropFirst(tested).prefix(learned)
    }

    private func relabelled(
        _ split: WordTask.Split, _ classes: Int, _ generator: inout SeededGenerator
    ) -> WordTask.Split {
        var items: [Item] = []
        for word in split.words { items.append((word, Int32(generator.index(below: classes)))) }
        return WordTask.Split(items)
    }

    private func scrambledTask(
        _ definition: TaskDefinition, _ lists: [String], _ generator: inout SeededGenerator
    ) throws(ForgeError) -> WordTask {
        var words = try pool(lists, definition.role)
        words.shuffle(using: &generator)
        var real: [Item] = []
        var scrambled: [Item] = []
        for (index, word) in words.prefix(3 * (definition.trainingWords + definition.testWords)).enumerated() {
            if index.isMultiple(of: 2) {
                real.append((word, 0))
            } else {
                let mixed = Word(word.letters.shuffled(using: &generator))
                if mixed != word { scrambled.append((mixed, 1)) }
            }
        }
        var training: [Item] = []
        var test: [Item] = []
        try split(real, definition, "real", &training, &test)
        try split(scrambled, definition, "scrambled", &training, &test)
        training.shuffle(using: &generator)
        return WordTask(
            definition, classes: ["real", "scrambled"], training: .init(training), test: .init(test))
    }

    private func missingLetterTask(
        _ definition: TaskDefinition, _ lists: [String], _ generator: inout SeededGenerator
    ) throws(ForgeError) -> WordTask {
        let letters = "eairnstoludmckpgbhvzfyjw".unicodeScalars.map(Alphabet.code)
        let labels = Dictionary(letters.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var words = try pool(lists, definition.role)
        words.shuffle(using: &generator)
        var byLetter = [[Item]](repeating: [], count: letters.count)
        let wanted = definition.trainingWords + definition.testWords
        for word in words {
            var codes = word.letters
            let position = generator.index(below: codes.count)
            guard let label = labels[codes[position]], byLetter[label].count < wanted else { continue }
            codes[position] = Alphabet.gap
            byLetter[label].append((Word(codes), Int32(label)))
        }
        var training: [Item] = []
        var test: [Item] = []
        for (label, items) in byLetter.enumerated() {
            try split(items, definition, Alphabet.text([letters[label]]), &training, &test)
        }
        training.shuffle(using: &generator)
        return WordTask(
            definition, classes: letters.map { Alphabet.text([$0]) }, training: .init(training), test: .init(test))
    }
}
