import Foundation
import Testing
import TransferGraphCore

@Suite struct NumPyFileTests {
    @Test func labelsOfEveryIntegerTypeAreRead() throws {
        let values: [Int64] = [3, 0, 100, 7]
        let files: [(String, Data)] = [
            ("|i1", ScoreFixtures.bytes(values.map { Int8($0) })),
            ("|u1", ScoreFixtures.bytes(values.map { UInt8($0) })),
            ("<i2", ScoreFixtures.bytes(values.map { Int16($0) })),
            ("<u2", ScoreFixtures.bytes(values.map { UInt16($0) })),
            ("<i4", ScoreFixtures.bytes(values.map { Int32($0) })),
            ("<u4", ScoreFixtures.bytes(values.map { UInt32($0) })), ("<i8", ScoreFixtures.bytes(values)),
            ("<u8", ScoreFixtures.bytes(values.map { UInt64($0) })),
            (">i4", ScoreFixtures.bytes(values.map { Int32($0).bigEndian })),
            (">u2", ScoreFixtures.bytes(values.map { UInt16($0).bigEndian })),
        ]
        for (type, data) in files {
            for shape in [[4], [4, 1], [1, 4]] {
                let read = try ScoreFixtures.withFile(ScoreFixtures.npy(type, shape: shape, data: data)) {
                    try NumPyLabels.read(npy: $0)
                }
                #expect(read == values, "\(type) \(shape)")
            }
        }
        let negative = ScoreFixtures.npy("<i2", shape: [2], data: ScoreFixtures.bytes([Int16(-5), 5]))
        #expect(try ScoreFixtures.withFile(negative, NumPyLabels.read(npy:)) == [-5, 5])
        let flags = ScoreFixtures.npy("|b1", shape: [2], data: Data([1, 0]))
        #expect(try ScoreFixtures.withFile(flags, NumPyLabels.read(npy:)) == [1, 0])
    }

    @Test func headsThatPromiseTheWrongThingAreRefused() throws {
        let data = Data(count: 48)
        let refused = [
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 4), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -3), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4, 0), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999999, 3), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), } + 1",
            "{'descr': '<f8', 'fortran_order': 0, 'shape': (3, 2), }",
            "{'descr': '<f8', 'shape': (3, 2), }",
            "{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }",
            "{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }",
            "{'descr': '<f2', 'fortran_order': False, 'shape': (13, 2), }",
            "{'descr': '<c16', 'fortran_order': False, 'shape': (3, 1), }",
            "{'descr': [('a', '<f8'), ('b', '<f8')], 'fortran_order': False, 'shape': (3, 1), }",
            "{'descr': '<U1', 'fortran_order': False, 'shape': (6, 2), }",
            "__import__('os').system('true')", "", "{", "{'descr'", "{'descr': '",
        ]
        for head in refused {
            try ScoreFixtures.withFile(ScoreFixtures.npy(head: head, data: data)) { path in
                let error = #expect(throws: NumPyError.self, "\(head)") { try FeatureMatrix(npy: path) }
                guard case .content(_, path)? = error else {
                    Issue.record("\(head): \(String(describing: error))")
                    return
                }
            }
        }
        let accepted = "{\"shape\": (3L, 2L), 'fortran_order':False,\n'descr':'<f8'}"
        let matrix = try ScoreFixtures.withFile(ScoreFixtures.npy(head: accepted, data: data)) {
            try FeatureMatrix(npy: $0)
        }
        #expect(matrix.rows == 3 && matrix.columns == 2)
    }

    @Test func filesThatAreNoArraysAreRefused() throws {
        let good = ScoreFixtures.npy("<f8", shape: [2, 2], data: Data(count: 32))
        var version4 = good
        version4[6] = 4
        var huge = ScoreFixtures.npy("<f8", shape: [2, 2], version: 2, data: Data(count: 32))
        huge.replaceSubrange(8..<12, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let bad = [Data(), Data("PK\u{3}\u{4}".utf8), Data(good.prefix(5)), Data(good.prefix(9)), version4, huge]
        for data in bad + (10..<good.count).map({ Data(good.prefix($0)) }) {
            try ScoreFixtures.withFile(data) { path in
                #expect(throws: NumPyError.self) { try FeatureMatrix(npy: path) }
            }
        }
        #expect(throws: NumPyError.file(.notOpened(path: "/nowhere/at/all.npy", code: ENOENT))) {
            try FeatureMatrix(npy: "/nowhere/at/all.npy")
        }
        #expect(throws: NumPyError.file(.notRegular(path: "/"))) { try FeatureMatrix(npy: "/") }
    }

    @Test(arguments: 0..<200) func damagedHeadsNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var data = ScoreFixtures.npy("<f4", shape: [3, 5], fortran: true, data: Data(count: 60))
        for _ in 0..<(1 + generator.index(below: 6)) {
            data[generator.index(below: 100)] = UInt8(truncatingIfNeeded: generator.next())
        }
        try ScoreFixtures.withFile(data) { path in
            // Either a matrix of what the file holds, or a sentence about what is wrong.
            if let matrix = try? FeatureMatrix(npy: path) {
                #expect(matrix.rows * matrix.columns * 4 <= data.count)
                #expect(matrix.matrix().values.count == matrix.rows * matrix.columns)
            }
            if let labels = try? NumPyLabels.read(npy: path) { #expect(labels.count <= data.count) }
        }
    }
}
