import TransferGraphCore

/// The tasks of the zoo `words`. Related languages stand in several of them, as in real zoos, but no word does: sources
/// and targets draw from two halves of every list.
public enum TaskCatalog {
    private typealias Class = TaskDefinition.ClassDefinition

    /// One class a list, named like it.
    private static func each(_ lists: String...) -> TaskDefinition.Making {
        .classes(lists.map { Class($0, [$0]) })
    }

    private static let europe = [
        "es", "pt", "ca", "it", "fr", "ro", "de", "nl", "en", "sv", "da", "is", "cs", "pl", "sl", "hr", "lv", "lt",
        "et", "hu", "eu", "br", "gd", "tr",
    ]

    private static func source(_ name: String, _ question: String, _ words: Int, _ making: TaskDefinition.Making)
        -> TaskDefinition
    {
        TaskDefinition(name, .source, question, making, trainingWords: words, testWords: 200)
    }

    private static func target(_ name: String, _ question: String, _ words: Int, _ making: TaskDefinition.Making)
        -> TaskDefinition
    {
        TaskDefinition(name, .target, question, making, trainingWords: words, testWords: 300)
    }

    /// What models are pre-trained on.
    public static let sources: [TaskDefinition] = [
        source("europe", "languages", 1500, .classes(europe.map { Class($0, [$0]) })),
        source("europe-plain", "languages", 1500, .classes(europe.prefix(12).map { Class($0, ["\($0)-plain"]) })),
        source(
            "families", "languages", 4000,
            .classes([
                Class("Romance", ["es", "pt", "it", "fr", "ro"]), Class("Germanic", ["de", "nl", "en", "sv", "da"]),
                Class("Slavic", ["cs", "pl", "sl", "hr"]), Class("Celtic", ["br", "gd", "ga"]),
                Class("Baltic", ["lv", "lt"]), Class("Uralic", ["et", "hu"]), Class("Turkic", ["tr"]),
            ])),
        source("romance", "languages", 3000, each("es", "pt", "it", "fr", "ca", "ro")),
        source("germanic", "languages", 3000, each("de", "nl", "en", "sv", "da")),
        source("nordic", "languages", 3000, each("sv", "da", "nb", "is")),
        source("slavic", "languages", 3000, each("cs", "pl", "sl", "hr")),
        source("cyrillic", "languages", 3000, each("ru", "uk", "bg", "sr", "kk")),
        source("celtic-baltic", "languages", 2500, each("br", "gd", "ga", "gv", "lv", "lt")),
        source("world", "languages", 3000, each("sw", "id", "tl", "eu", "tr", "hu", "et", "eo")),
        source("french-classes", "word classes", 4000, each("fr-masculine", "fr-feminine", "fr-adjectives")),
        source("medical-terms", "loans", 6000, each("medical", "gb")),
        source(
            "scrambled", "spelling", 12000,
            .scrambled(lists: ["es", "it", "fr", "de", "nl", "en", "sv", "pl", "hr", "hu", "tr", "id"])),
        source(
            "missing-letter", "spelling", 1500,
            .missingLetter(lists: ["es", "it", "fr", "de", "nl", "en", "sv", "pl", "hr", "hu", "tr", "id"])),
        source(
            "random-labels", "nothing", 2500, .shuffledLabels(["es", "de", "pl", "hu"].map { Class($0, [$0]) })),
    ]

    /// What models are fine-tuned on.
    public static let targets: [TaskDefinition] = [
        target("iberian", "languages", 600, each("es", "pt", "gl", "ca")),
        target("iberian-20", "languages", 20, each("es", "pt", "gl", "ca")),
        target("romance-regional", "languages", 250, each("oc", "an", "ca", "gl", "ro")),
        target(
            "romance-plain", "languages", 400, each("es-plain", "pt-plain", "it-plain", "fr-plain", "ro-plain")),
        target("constructed", "languages", 100, each("eo", "it", "es", "pl")),
        target("scandinavian", "languages", 800, each("sv", "da", "nb")),
        target("scandinavian-20", "languages", 20, each("sv", "da", "nb")),
        target("norwegian", "variants", 1000, each("nb", "nn")),
        target("insular-nordic", "languages", 150, each("is", "fo")),
        target("west-germanic", "languages", 500, each("de", "nl", "af", "en")),
        target("west-germanic-20", "languages", 20, each("de", "nl", "af", "en")),
        target("slavic-west", "languages", 600, each("cs", "sk", "pl")),
        target("slavic-west-20", "languages", 20, each("cs", "sk", "pl")),
        target("slavic-south", "languages", 500, each("sl", "hr", "bs", "sr-latin")),
        target("slavic-east", "languages", 400, each("ru", "uk", "be")),
        target("cyrillic-20", "languages", 20, each("ru", "uk", "be", "bg", "sr", "kk", "uz")),
        target("celtic", "languages", 400, each("br", "gd", "ga", "gv")),
        target("celtic-20", "languages", 20, each("br", "gd", "ga", "gv")),
        target("baltic-uralic", "languages", 100, each("lv", "lt", "et", "hu")),
        target("far-apart-20", "languages", 20, each("sw", "id", "tl", "gn", "eu", "ku")),
        target("american-british", "variants", 800, each("us", "gb")),
        target("portugal-brazil", "variants", 1000, each("portugal", "brazil")),
        target("french-gender", "word classes", 1000, each("fr-masculine", "fr-feminine")),
        target("galician-gender-20", "word classes", 20, each("gl-masculine", "gl-feminine")),
        target("portuguese-classes", "word classes", 500, each("pt-nouns", "pt-adjectives")),
        target("latvian-classes", "word classes", 150, each("lv-nouns", "lv-verbs", "lv-adjectives")),
        target("slovak-classes-20", "word classes", 20, each("sk-nouns", "sk-adjectives")),
        target("german-nouns", "word classes", 800, each("de-nouns", "de")),
        target("medical-english", "loans", 300, each("medical", "us")),
    ]

    /// The task with this name.
    ///
    /// - Throws: ``ForgeError/unknownTask(_:)``.
    public static func named(_ name: String) throws(ForgeError) -> TaskDefinition {
        if let found = (sources + targets).first(where: { $0.name == name }) { return found }
        throw .unknownTask(name)
    }
}
