import Foundation
import Testing
import TransferGraphCore

/// Numbers as people write them.
struct WrittenNumberTests {
    @Test(arguments: [
        ("93.2%", 93.2, true), ("93.2 %", 93.2, true), ("0,912", 0.912, false), ("18.55%", 18.55, true),
        ("20.0 ± 1.2", 20, false), ("0.93 ± 0.01", 0.93, false), ("231.5 +/- 18.2", 231.5, false),
        ("-79.9 +/- 3.1", -79.9, false), ("0.14 [0.14, 0.15]", 0.14, false), ("0.93 (0.01)", 0.93, false),
        ("93.2 ± 0.1 %", 93.2, true), ("'7.68'", 7.68, false), ("\"7.68\"", 7.68, false), (" 0.5\u{A0}", 0.5, false),
        ("1e-3", 0.001, false), (".5", 0.5, false), ("5.", 5, false), ("+22.1", 22.1, false),
        ("\u{2212}0.5", -0.5, false),
        ("1,013.01", 1013.01, false), ("1.013,01", 1013.01, false), ("1,234,567", 1_234_567, false),
        ("1.234.567", 1_234_567, false), ("1'234.5", 1234.5, false), ("1\u{202F}234", 1234, false),
        ("12,5", 12.5, false),
        ("**0.5336**", 0.5336, false), ("\\textbf{0.5}", 0.5, false), ("0,93 ± 0,01", 0.93, false),
    ])
    func aNumberIsReadInAnyOfItsForms(text: String, value: Double, isPercent: Bool) throws {
        let number = try #require(WrittenNumber(text))
        #expect(number.value == value)
        #expect(number.isPercent == isPercent)
    }

    @Test(arguments: [
        "", " ", "NA", "N/A", "NaN", "nan", ".nan", "inf", "-inf", "Infinity", "null", "None", "???", "xx.xx", "WIP",
        "[]",
        "true", "1_000", "0x10", "> 90", "1.2.3", "1,23,4", "12 34", "5-6", "1e", "e5", "--5", "1e999", "93 of 100",
        "v2",
        "2024-03-17", "0.9.", ",5,", "1,2345,678", "5 apples", "22.1M", "١٢",
    ])
    func whatIsNoNumberIsNone(text: String) { #expect(WrittenNumber(text) == nil) }

    @Test func aLoneCommaBeforeThreeDigitsIsLeftToWhoKnowsTheColumn() {
        #expect(WrittenNumber("1,234") == nil)
        #expect(WrittenNumber("1,234", comma: .decimal)?.value == 1.234)
        #expect(WrittenNumber("1,234", comma: .thousands)?.value == 1234)
        #expect(WrittenNumber("0,934", comma: .thousands)?.value == 0.934)
    }

    @Test(arguments: [("22.1M", 22.1e6), ("86.6 M", 86.6e6), ("7B", 7e9), ("1.5k", 1500), ("1,013.01", 1013.01)])
    func magnitudesCountWhereTheyMay(text: String, value: Double) {
        #expect(WrittenNumber(text, allowsMagnitude: true)?.value == value)
    }

    /// Against the standard library, over numbers of all sizes.
    @Test func plainNumbersAreReadToTheLastBit() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let bits = Double(bitPattern: generator.next())
            let value = generator.index(below: 3) == 0 ? bits : (generator.uniform() - 0.5) * 200
            guard value.isFinite else { continue }
            let text = "\(value)"
            let number = try #require(WrittenNumber(text), "\(text)")
            #expect(number.value == value, "\(text)")
            let digits = String(format: "%.\(generator.index(below: 20))f", value)
            if let expected = Double(digits), digits.count < 190 {
                #expect(WrittenNumber(digits)?.value == expected, "\(digits)")
            }
        }
    }

    /// A text that is not kept comes back as it was.
    @Test func theShortestTextIsTheOneThatIsNotKept() throws {
        var generator = SeededGenerator(seed: 8)
        var kept = 0
        for _ in 0..<20_000 {
            let value = (generator.uniform() - 0.5) * [1.0, 100, 1e6, 1e-4, 1e17][generator.index(below: 5)]
            let text = String(format: "%.\(generator.index(below: 19))g", value)
            let number = try #require(WrittenNumber(text))
            if number.isShortest { #expect(WrittenNumber.shortest(number.value) == text) } else { kept += 1 }
        }
        #expect(kept > 0)
        for text in ["0.5", "93", "-1.25", "0", "0.0001", "123456789012345"] {
            #expect(WrittenNumber(text)?.isShortest == true, "\(text)")
        }
        for text in ["0.50", "93.0", "+1", "01", "1e2", ".5", "5.", "-0", "93%"] {
            #expect(WrittenNumber(text)?.isShortest == false, "\(text)")
        }
    }
}
