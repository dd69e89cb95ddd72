import Testing
import TransferGraphCore

/// Emphasis and footnotes inside a number with its spread: a paper's best results are the ones that are set in bold.
struct NumberMarkupTests {
    @Test(arguments: [
        "**93.1** ± 0.1", "<ins>93.1</ins> ± 0.1", "_93.1_ ± 0.4", "**93.1** (±0.1)", "**93.1 ± 0.2**",
        "<u>93.1</u> ± 0.2", "**93.1** (↑2.1)", "**93.1**<sub>±0.2</sub>", "93.1<sup>†</sup>", "**93.1**\\*",
        "<b>93.1</b><sub>±0.1</sub>", "93.1^a", "93.1^{a}", "93.1^{*}", "$\\mathbf{93.1} \\pm 0.4$",
        "\\textbf{93.1}$_{0.4}$", "$\\mathbf{93.1}_{\\pm 0.4}$", "93.1* ± 0.2", "93.1† ± 0.2", "***93.1*** ± 0.2",
        "__93.1__ ± 0.2", "93.1<sup>1</sup>", "93.1<sup>a</sup>", "93.1<sub>0.2</sub>", "93.1^\\dagger",
        "<strong>93.1</strong> (0.2)", "**93.1**<sub>(0.2)</sub>",
    ])
    func numbersWithEmphasisInside(_ text: String) {
        #expect(WrittenNumber(text)?.value == 93.1, "\(text)")
    }

    @Test func aPercentSignBehindEmphasisIsSeen() {
        #expect(WrittenNumber("**91.7**%")?.isPercent == true && WrittenNumber("93.1\\%")?.isPercent == true)
    }

    /// A number that is struck out, a power, and marks that hold no number are none.
    @Test(arguments: [
        "~~88.7~~", "10<sup>-3</sup>", "10<sup>3</sup>", "10^{-3}", "2^10", "1_000", "3*4", "a_1_b", "*", "**", "<b>",
        "93.1 vs **92.1**", "93.1<br>92.1",
    ])
    func textsThatAreNoNumbers(_ text: String) {
        #expect(WrittenNumber(text) == nil, "\(text)")
    }

    @Test(arguments: [
        "model,pets,cars\nA,91.4 ± 0.2,90.1 ± 0.3\nB,93.0 ± 0.1,88.7 ± 0.4\nC,**94.0** ± 0.1,**91.7** ± 0.4\n",
        "| Model | Pets | Cars |\n|---|---|---|\n| A | 91.4<sub>±0.2</sub> | 90.1 |\n| B | 93.0<sub>±0.1</sub> | 88.7 |\n| C | <b>94.0</b><sub>±0.1</sub> | **91.7** (↑1.6) |\n",
    ])
    func theBestOfATableAreRead(_ table: String) throws {
        let zoo = try TableCase.zoo(table)
        #expect(zoo.models.map(\.name) == ["A", "B", "C"] && zoo.results.count == 6)
        let datasets = zoo.datasets.map(\.name)
        #expect(try TableCase.result(zoo, "C", datasets[0]) == 94)
        #expect(try TableCase.result(zoo, "C", datasets[1]) == 91.7)
    }

    /// Results that cannot be read are counted; they begin no other table.
    @Test func aRowOfUnreadableResultsIsNoHeader() throws {
        let zoo = try TableCase.zoo("model,pets,cars\nA,91.4,90.1\nB,93.0,88.7\nC,~~94.0~~,~~91.7~~\n")
        #expect(zoo.results.count == 4)
        #expect(TableCase.note(zoo, "results that are no number")?.count == 2)
    }
}
