import Foundation
import TransferGraphCore

/// Feature sets and `.npy` files for the tests of scores.
enum ScoreFixtures {
    /// Clusters of normal points, one a class, their centres `separation` apart in random directions.
    static func clusters(
        rows: Int, columns: Int, classes: Int, separation: Double, seed: UInt64
    ) -> (features: Matrix, labels: [Int64]) {
        var generator = SeededGenerator(seed: seed)
        let centres = (0..<classes).map { _ in (0..<columns).map { _ in separation * generator.normal() } }
        var features = Matrix(rows: rows, columns: columns)
        var labels: [Int64] = []
        for row in 0..<rows {
            let index = row % classes
            labels.append(Int64(index))
            for column in 0..<columns { features[row, column] = centres[index][column] + generator.normal() }
        }
        return (features, labels)
    }

    static func labelled(
        rows: Int = 120, columns: Int = 8, classes: Int = 3, separation: Double = 1, seed: UInt64 = 1
    ) throws -> LabelledFeatures {
        let made = clusters(rows: rows, columns: columns, classes: classes, separation: separation, seed: seed)
        return try LabelledFeatures(features: FeatureMatrix(made.features), labels: made.labels)
    }

    /// The bytes of a `.npy` file.
    static func npy(_ type: String, shape: [Int], fortran: Bool = false, version: UInt8 = 1, data: Data) -> Data {
        let sizes = shape.map { "\($0)," }.joined(separator: " ")
        let head = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(sizes)), }"
        return npy(head: head, version: version, data: data)
    }

    static func npy(head: String, version: UInt8 = 1, data: Data) -> Data {
        var head = Data(head.utf8)
        let fixed = version == 1 ? 10 : 12
        while (fixed + head.count + 1) % 64 != 0 { head.append(0x20) }
        head.append(0x0A)
        var bytes = Data([0x93] + Array("NUMPY".utf8) + [version, 0])
        let length = UInt32(head.count)
        for place in 0..<(version == 1 ? 2 : 4) { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * place))) }
        return bytes + head + data
    }

    static func bytes<Number>(_ numbers: [Number]) -> Data {
        numbers.withUnsafeBytes { Data($0) }
    }

    /// Runs `body` with the path of a file of these bytes, and removes it.
    @discardableResult
    static func withFile<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
        let directory = try TemporaryDirectory()
        let url = directory.url.appendingPathComponent("data.npy")
        try data.write(to: url)
        return try withExtendedLifetime(directory) { try body(url.path) }
    }
}
