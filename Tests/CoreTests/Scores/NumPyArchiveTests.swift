import Foundation
import Testing
import TransferGraphCore

/// Arrays as `numpy.savez` and `numpy.savez_compressed` (NumPy 2) write them, and numbers of every width.
struct NumPyArchiveTests {
    /// features of float16, labels of texts, hot, whole, continuous, bad.
    private static let packed = """
        UEsDBC0AAAAIAAAAIQBQaDmI//////////8MABQAZmVhdHVyZXMubnB5AQAQAJAAAAAAAAAAVgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupa \
        Buk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RomOgpGmjoKtQpkAy4Gu4YDDCz/qxkZQk0ZGBgaAFBLAwQtAAAACAAAACEA1h+m \
        Q///////////CgAUAGxhYmVscy5ucHkBABAA0AAAAAAAAABhAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG4Taqquo6Cell9UUpSYF59flJ \
        IKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAK5kBgaGRCAuYUCAFCDOB+J0JDFs6j5CxfKgen4BMQBQSwMELQAAAAgAAAAhAHBEjFr///////// \
        /wcAFABob3QubnB5AQAQAIwAAAAAAAAATgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2 \
        ckFqQC+RomOgrGmjoKtQpkAy4GBkZGBiABQgBQSwMELQAAAAgAAAAhAHje6UD//////////wkAFAB3aG9sZS5ucHkBABAAoAAAAAAAAABQAAAA \
        AAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GMPhgD6EZHFD5HA \
        4AUEsDBC0AAAAIAAAAIQAAhbvq//////////8OABQAY29udGludW91cy5ucHkBABAAoAAAAAAAAABTAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc \
        pG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GMHhgD6EZHCDUByifwwEAUEsDBC0AAAAIAAAAIQDnEB \
        IH//////////8HABQAYmFkLm5weQEAEACgAAAAAAAAAFAAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6WX1RSlJgXn1+UkgoS \
        d0vMKU4FihdnJBakAvkaJjqaOgq1ChQALgYw+GAPoX/Uo/IZHABQSwECLQMtAAAACAAAACEAUGg5iFYAAACQAAAADAAAAAAAAAAAAAAAgAEAAA \
        AAZmVhdHVyZXMubnB5UEsBAi0DLQAAAAgAAAAhANYfpkNhAAAA0AAAAAoAAAAAAAAAAAAAAIABlAAAAGxhYmVscy5ucHlQSwECLQMtAAAACAAA \
        ACEAcESMWk4AAACMAAAABwAAAAAAAAAAAAAAgAExAQAAaG90Lm5weVBLAQItAy0AAAAIAAAAIQB43ulAUAAAAKAAAAAJAAAAAAAAAAAAAACAAb \
        gBAAB3aG9sZS5ucHlQSwECLQMtAAAACAAAACEAAIW76lMAAACgAAAADgAAAAAAAAAAAAAAgAFDAgAAY29udGludW91cy5ucHlQSwECLQMtAAAA \
        CAAAACEA5xASB1AAAACgAAAABwAAAAAAAAAAAAAAgAHWAgAAYmFkLm5weVBLBQYAAAAABgAGAE8BAABfAwAAAAA=
        """
    /// One array of int16, 0 to 5 in three rows.
    private static let stored = """
        UEsDBC0AAAAAAAAAIQB1iCO7//////////8JABQAYXJyXzAubnB5AQAQAIwAAAAAAAAAjAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8aT \
        InLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg \
        ICAgICAgICAgICAgICAgICAgICAgCgAAAQACAAMABAAFAFBLAQItAy0AAAAAAAAAIQB1iCO7jAAAAIwAAAAJAAAAAAAAAAAAAACAAQAAAABhcn \
        JfMC5ucHlQSwUGAAAAAAEAAQA3AAAAxwAAAAAA
        """

    private func withFile<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
        let directory = try TemporaryZoo()
        let file = directory.url.appendingPathComponent("arrays.npz")
        try #require(Data(base64Encoded: text.filter { !$0.isWhitespace })).write(to: file)
        return try body(file.path)
    }

    @Test func numbersOfHalfPrecisionAreReadExactly() throws {
        let matrix = try withFile(Self.packed) { try FeatureMatrix(npy: $0).matrix() }
        #expect(
            matrix.values
                == [1.5, -2.25, 6.103515625e-05, 65504, 5.960464477539063e-08, 0.333251953125, 0, -0.0])
        #expect(matrix.rows == 4 && matrix.columns == 2)
    }

    @Test func labelsAreTextsOneHotRowsOrNumbers() throws {
        try withFile(Self.packed) { (path: String) throws -> Void in
            #expect(
                try NumPyLabels.labels(npy: path) == .classes([0, 1, 0, 2], names: ["cat", "dog", "ñandú"]))
            #expect(try NumPyLabels.read(npy: path + ":hot") == [2, 0, 1, 1])
            #expect(try NumPyLabels.read(npy: path + ":whole") == [1, 2, 1, 3])
            #expect(try NumPyLabels.labels(npy: path + ":continuous") == .continuous([0.5, 2, 1, 3]))
            #expect(throws: NumPyError.content(.continuousLabels, path: path + ":continuous")) {
                try NumPyLabels.read(npy: path + ":continuous")
            }
            let error = #expect(throws: NumPyError.self) { try NumPyLabels.labels(npy: path + ":bad") }
            guard case .content(.labelNotFinite(_, row: 1), _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    /// Of several arrays the one called as what it is for; where there is none, the names that there are.
    @Test func anArchiveOfSeveralIsOpenedAtWhatItIsFor() throws {
        try withFile(Self.packed) { (path: String) throws -> Void in
            #expect(try FeatureMatrix(npy: path, role: .features).rows == 4)
            for role in [NumPyRole.probabilities, .embedding] {
                #expect(throws: NumPyError.self, "\(role)") { try FeatureMatrix(npy: path, role: role) }
            }
        }
    }

    @Test func theOnlyArrayNeedsNoName() throws {
        try withFile(Self.stored) { (path: String) throws -> Void in
            #expect(try FeatureMatrix(npy: path).matrix().values == [0, 1, 2, 3, 4, 5])
            #expect(try FeatureMatrix(npy: path + ":arr_0").rows == 3)
            let error = #expect(throws: NumPyError.self) { try FeatureMatrix(npy: path + ":other") }
            guard case .content(.noSuchArray("other", known: ["arr_0"]), _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    /// Whatever single byte is changed or where it is cut off: an error or numbers, never a crash.
    @Test(arguments: [packed, stored])
    func damagedArchivesAreErrors(text: String) throws {
        let whole = try #require(Data(base64Encoded: text.filter { !$0.isWhitespace }))
        let directory = try TemporaryZoo()
        let file = directory.url.appendingPathComponent("arrays.npz")
        var generator = SeededGenerator(seed: 3)
        for round in 0..<400 {
            var data = whole
            if round % 4 == 0 {
                data = data.prefix(generator.index(below: data.count) + 1)
            } else {
                data[generator.index(below: data.count)] = UInt8(generator.index(below: 256))
            }
            try Data(data).write(to: file)
            _ = try? FeatureMatrix(npy: file.path).matrix()
            _ = try? NumPyLabels.labels(npy: file.path)
        }
    }

    /// 1, -2 and 0.1015625 as the upper halves of their floats; 1.5 and -1.5 of two bytes in the other order.
    @Test func otherTypesOfTwoBytesAreRead() throws {
        let brain = ScoreFixtures.npy(
            "|V2", shape: [1, 3], data: ScoreFixtures.bytes([UInt16(0x3F80), 0xC000, 0x3DD0]))
        #expect(try ScoreFixtures.withFile(brain) { try FeatureMatrix(npy: $0).matrix().values } == [1, -2, 0.1015625])
        let swapped = ScoreFixtures.npy(
            ">f2", shape: [2, 1], data: ScoreFixtures.bytes([UInt16(0x3E00).bigEndian, UInt16(0xBE00).bigEndian]))
        #expect(try ScoreFixtures.withFile(swapped) { try FeatureMatrix(npy: $0).matrix().values } == [1.5, -1.5])
        let bytes = ScoreFixtures.npy("|u1", shape: [2, 2], data: Data([0, 255, 7, 8]))
        #expect(try ScoreFixtures.withFile(bytes) { try FeatureMatrix(npy: $0).matrix().values } == [0, 255, 7, 8])
    }

    /// The largest evidence over both precisions, found by scipy.optimize in the densities of y themselves.
    @Test func continuousLabelsHaveTheLargestEvidence() throws {
        let (rows, columns) = (40, 5)
        var features: [Double] = []
        var targets: [Double] = []
        for i in 0..<rows {
            for j in 0..<columns {
                let place: Double = 1 + 0.7 * Double(i) + 1.3 * Double(j) + 0.11 * Double(i * j)
                features.append(sin(place))
            }
            let first: Double = 0.3 * features[i * columns]
            let second: Double = 0.5 * features[i * columns + 1]
            targets.append(first - second + 0.1 * cos(3 * Double(i)))
        }
        let data = try RegressionFeatures(
            features: FeatureMatrix(Matrix(rows: rows, columns: columns, values: features)), targets: targets)
        #expect(abs(try data.logME() - 0.8720028696425544) < 1e-4)
        let results = try data.scoreAll([.logME, .hScore])
        #expect(results[0].value == (try data.logME()) && results[1].failure == .needsClasses(.hScore))
    }
}
