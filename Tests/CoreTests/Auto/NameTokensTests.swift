import Testing
import TransferGraphCore

@Suite struct NameTokensTests {
    @Test(arguments: [
        ("CQADupstackPhysicsRetrieval-Fa", ["cqa", "dupstack", "physics", "retrieval", "fa"]),
        ("imagenet21k_v2", ["imagenet", "21", "k", "v", "2"]),
        ("tweet_eval/irony", ["tweet", "eval", "irony"]),
        ("STS12", ["sts", "12"]), ("HTMLPage", ["html", "page"]), ("A", ["a"]), ("---", []), ("", []),
        ("Straße.Köln", ["straße", "köln"]), ("\u{6570}\u{636E}\u{96C6}7", ["\u{6570}\u{636E}\u{96C6}", "7"]),
    ])
    func namesAreSplitWhereAReaderWouldSplitThem(name: String, tokens: [String]) {
        #expect(NameTokens.of(name) == tokens)
    }
}

@Suite struct TermVectorsTests {
    /// By hand: three items, so that a term of one weighs ln 4/2 and one of two ln 4/3.
    @Test func cosinesAreThoseOfTfIdfVectors() {
        let vectors = TermVectors([["a", "b"], ["a", "c", "c"], ["d"]])
        let (one, two) = (0.6931471805599453, 0.28768207245178085)
        let twice = (1 + 0.6931471805599453) * one
        let expected = two * two / ((two * two + one * one) * (two * two + twice * twice)).squareRoot()
        #expect(abs(vectors.cosine(0, 1) - expected) < 1e-14)
        #expect(vectors.cosine(0, 2) == 0)
        #expect(abs(vectors.cosine(1, 1) - 1) < 1e-14)
    }

    @Test func cosinesWithAllAreTheCosinesWithEach() {
        let documents = ["x1 y", "y z", "z z x1", "", "w"].map { $0.split(separator: " ").map(String.init) }
        let vectors = TermVectors(documents)
        for item in documents.indices {
            let all = vectors.cosines(to: item)
            for other in documents.indices { #expect(abs(all[other] - vectors.cosine(item, other)) < 1e-14) }
        }
    }

    @Test func whatAllHaveTellsNothing() {
        #expect(!TermVectors([["a"], ["a"]]).tellsAnything)
        #expect(TermVectors([["a", "b"], ["a"]]).tellsAnything)
        #expect(!TermVectors([]).tellsAnything)
    }
}
