import Foundation
import JupyterKernel
import Testing

@Suite struct WireTests {
    @Test(arguments: [
        #"{"a":1,"b":[true,false,null],"c":{"d":"e"}}"#, "[]", "{}", "-0.5", "1e-05", "123456789012345678",
        #""tab\tquote\" backslash\\ newline\n bell\u0007 nul\u0000""#, "\"🐱 é \u{10ffff}\"",
    ])
    func whatIsReadIsWrittenBackAsItWas(text: String) throws {
        let value = try JSON(parsing: Array(text.utf8))
        #expect(String(decoding: value.serialized, as: UTF8.self) == text)
    }

    @Test(arguments: [
        "", "{", "nul", "NaN", "Infinity", "-", "01", "1e400", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "\"\\ud800\"",
        "\"\\x\"",
        "1 2",
        "\"\n\"",
    ])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
    }

    @Test func invalidUTF8AndDepthAreRefused() {
        for bytes: [UInt8] in [[0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] {
            #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
        }
        for depth in [10_000, 1_000_000] {
            #expect(throws: JSONError.self) { try JSON(parsing: Array(repeating: UInt8(ascii: "["), count: depth)) }
        }
    }

    @Test func numbersKeepTheirValue() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            #expect(try JSON(parsing: JSON.number(number).serialized) == .number(number))
            let integer = Int(bitPattern: UInt(generator.next()))
            #expect(try JSON(parsing: JSON.integer(integer).serialized) == .integer(integer))
        }
    }

    @Test(arguments: [0, 5, UInt64(Int.max), UInt64(Int.max) + 1, UInt64.max])
    func wholeNumbersOf64BitsAreWrittenAsTheyAre(value: UInt64) throws {
        #expect(String(decoding: JSON(whole: value).serialized, as: UTF8.self) == "\(value)")
        let other =
            try JSONSerialization.jsonObject(with: Data(JSON.array([JSON(whole: value)]).serialized)) as? [UInt64]
        #expect(other == [value])
        #expect(JSON(whole: value).integer == Int(exactly: value))
    }

    @Test(arguments: [("4", 4), ("4.0", 4), ("-3.0", -3), ("4.5", nil), ("1e300", nil), ("true", nil), ("\"4\"", nil)])
    func aWholeNumberIsOneHoweverItIsWritten(text: String, expected: Int?) throws {
        #expect(try JSON(parsing: Array(text.utf8)).integer == expected)
        // Also where another number of the text is too large for 64 bits.
        let beside = try JSON(parsing: Array("[\(text),123456789012345678901234567890]".utf8))
        #expect(beside.array?.first?.integer == expected)
    }

    @Test func wholeNumbersBeyond64BitsBecomeReal() throws {
        #expect(
            try JSON(parsing: Array("123456789012345678901234567890".utf8))
                == .number(1.2345678901234568e29))
    }

    @Test func whatIsNotFiniteIsWrittenAsNull() {
        let value: JSON = [.number(.nan), .number(.infinity), .number(1)]
        #expect(String(decoding: value.serialized, as: UTF8.self) == "[null,null,1.0]")
    }

    /// Foundation reads what the writer wrote as what it was: an independent reader.
    @Test func anotherReaderAgrees() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &generator))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let bytes = JSON.array([.string(text)]).serialized
            let other = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String])
            #expect(Array(try #require(other.first).unicodeScalars) == scalars)
        }
    }

    /// RFC 4231, test cases 1 to 4, 6 and 7 (5 is about codes cut short); the data cut into frames everywhere, so that
    /// some are empty and none begins where memory is aligned.
    @Test(arguments: MessageCode.standard)
    func signaturesAreThoseOfTheStandard(code: MessageCode) {
        for (scheme, expected) in [(Signer.Scheme.sha256, code.sha256), (.sha512, code.sha512)] {
            let signer = Signer(key: code.key, scheme: scheme)
            let count = code.data.count
            for cut in 0...count {
                let second = (cut + count) / 2
                let signature = signer.signature(
                    of: Array(code.data[..<cut]), [], Array(code.data[cut..<second]), Array(code.data[second...]))
                #expect(String(decoding: signature, as: UTF8.self) == expected)
            }
            #expect(signer.isSignature(Array(expected.utf8), of: code.data))
            #expect(!signer.isSignature(Array(expected.utf8), of: code.data + [0]))
            #expect(!signer.isSignature([], of: code.data))
        }
    }

    @Test func everyChangedByteBreaksTheSignature() throws {
        let signer = Signer(key: [1, 2, 3])
        let parts = (0..<4).map { [UInt8](repeating: UInt8($0), count: 5) }
        let signature = signer.signature(of: parts[0], parts[1], parts[2], parts[3])
        let whole = try Frames([[7], Frames.delimiter, signature] + parts)
        #expect(signer.isValid(whole))
        for part in 2..<7 {
            for byte in whole.parts[part].indices {
                for bit in 0..<8 {
                    var changed = whole.parts
                    changed[part][byte] ^= 1 << bit
                    #expect(try !signer.isValid(Frames(changed)))
                }
            }
        }
    }

    @Test func framesAreTakenApartAndPutTogether() throws {
        let parts = (["a", "b", "<IDS|MSG>", "sig", "h", "p", "m", "c", "x", "y"]).map { Array($0.utf8) }
        let frames = try Frames(parts)
        #expect(frames.identities == [Array("a".utf8), Array("b".utf8)])
        #expect(frames.buffers == [Array("x".utf8), Array("y".utf8)])
        #expect(frames.parts == parts)
        #expect(throws: Frames.Malformed.noDelimiter) { try Frames([[1], [2]]) }
        #expect(throws: Frames.Malformed.noDelimiter) { try Frames([]) }
        for count in 3..<8 {
            #expect(throws: Frames.Malformed.tooFew(count - 3)) { try Frames(Array(parts[..<count])) }
        }
    }

    @Test func aSignatureIsRememberedForTensOfThousandsOfMessages() {
        let signer = Signer(key: [1])
        func signature(_ number: Int) -> [UInt8] {
            signer.signature(of: withUnsafeBytes(of: number) { Array($0) })
        }
        var seen = SeenSignatures()
        let isNew = (0..<100_000).map { seen.insert(signature($0)) }
        #expect(isNew.allSatisfy { $0 })
        let isNewAgain = (70_000..<100_000).map { seen.insert(signature($0)) }
        #expect(!isNewAgain.contains(true))
    }
}
