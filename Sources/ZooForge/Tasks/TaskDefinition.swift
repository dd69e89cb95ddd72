/// A word-classification task: which lists make its classes, and how many words of each are learned from and tested on.
public struct TaskDefinition: Sendable, Hashable {
    /// How words and labels come about.
    public enum Making: Sendable, Hashable {
        /// Each class is the words of its lists that are in no other class.
        case classes([ClassDefinition])
        /// Words against words whose letters were put in another order.
        case scrambled(lists: [String])
        /// One letter of each word is taken out; the class is the letter (the commonest 24).
        case missingLetter(lists: [String])
        /// As ``classes(_:)``, but every label is drawn at random: nothing can be learned.
        case shuffledLabels([ClassDefinition])
    }

    public struct ClassDefinition: Sendable, Hashable {
        public let name: String
        /// Names of ``WordListCatalog``.
        public let lists: [String]
        public init(_ name: String, _ lists: [String]) {
            self.name = name
            self.lists = lists
        }
    }

    public enum Role: String, Sendable {
        /// Models are pre-trained on it.
        case source
        /// Models are fine-tuned on it.
        case target
    }

    public let name: String
    public let role: Role
    public let making: Making
    /// What is asked, for tables: `languages`, `variants`, `word classes`, `loans`, `spelling`.
    public let question: String
    /// The words a class has to learn from, where its lists hold so many.
    public let trainingWords: Int
    /// The words a class is tested on.
    public let testWords: Int

    public init(
        _ name: String, _ role: Role, _ question: String, _ making: Making, trainingWords: Int, testWords: Int
    ) {
        self.name = name
        self.role = role
        self.question = question
        self.making = making
        self.trainingWords = trainingWords
        self.testWords = testWords
    }

    /// The names of all lists it draws from, in order, each once.
    public var lists: [String] {
        let all: [String] =
            switch making {
            case .classes(let classes), .shuffledLabels(let classes): classes.flatMap(\.lists)
            case .scrambled(let lists), .missingLetter(let lists): lists
            }
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }

    /// The name without the size, so that `iberian` and `iberian-20` are tested on the same words.
    var drawName: String {
        name.hasSuffix("-20") ? String(name.dropLast(3)) : name
    }
}
