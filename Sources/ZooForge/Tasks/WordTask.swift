import TransferGraphCore

/// A task with its words: what a network is trained and tested on.
public struct WordTask: Sendable {
    /// Words with their labels.
    public struct Split: Sendable {
        /// The words in the order of the labels.
        public let words: [Word]
        public let encoded: EncodedWords
        /// The class of each word.
        public let labels: [Int32]

        public var count: Int { labels.count }

        init(_ items: [(word: Word, label: Int32)]) {
            words = items.map(\.word)
            encoded = EncodedWords(words)
            labels = items.map(\.label)
        }
    }

    public let name: String
    public let question: String
    /// The classes' names; labels count from 0 in this order.
    public let classes: [String]
    public let training: Split
    public let test: Split

    init(_ definition: TaskDefinition, classes: [String], training: Split, test: Split) {
        name = definition.name
        question = definition.question
        self.classes = classes
        self.training = training
        self.test = test
    }
}
