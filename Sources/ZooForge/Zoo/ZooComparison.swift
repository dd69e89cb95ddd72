import Foundation
import TransferGraphCore

/// Where two makings of a zoo differ.
public struct ZooComparison: Sendable {
    /// Sentences, one a line.
    public let text: String
    /// Whether the results differ by no more than runs with another seed do.
    public let isWithinNoise: Bool

    /// - Throws: ``ForgeError`` where one of the folders is no zoo.
    public init(_ first: URL, _ second: URL) throws(ForgeError) {
        var lines: [String] = []
        var isSame = true
        for file in TidyWriter.files + ["sources.csv"] {
            let a = try? Data(contentsOf: first.appendingPathComponent(file))
            let b = try? Data(contentsOf: second.appendingPathComponent(file))
            if a != b {
                isSame = false
                lines.append("\(file) differs.")
            }
        }
        guard !isSame else {
            text = "The two are the same, byte for byte."
            isWithinNoise = true
            return
        }
        let versions = (try Self.versions(first), try Self.versions(second))
        for package in Set(versions.0.keys).union(versions.1.keys).sorted()
        where versions.0[package] != versions.1[package] {
            lines.append(
                "\(package): version \(versions.0[package] ?? "none") against \(versions.1[package] ?? "none").")
        }
        let results = (try Self.results(first), try Self.results(second))
        var worst = (cell: "", difference: 0.0)
        var squares = 0.0
        var shared = 0
        for (cell, value) in results.0.sorted(by: { $0.key < $1.key }) {
            guard let other = results.1[cell] else { continue }
            shared += 1
            let difference = abs(value - other)
            squares += difference * difference
            if difference > worst.difference { worst = (cell, difference) }
        }
        let onlyOne = results.0.count + results.1.count - 2 * shared
        if onlyOne > 0 { lines.append("\(onlyOne) results are in only one of them.") }
        let typical = shared == 0 ? 0 : (squares / Double(shared)).squareRoot()
        let noise = try Self.noise(first)
        // Two runs with independent noise of deviation s differ by √2 s.
        isWithinNoise = onlyOne == 0 && typical <= noise.deviation * 2.0.squareRoot()
        func points(_ value: Double) -> String { String(format: "%.3f", 100 * value) }
        lines.append(
            "Results differ by \(points(typical)) points of accuracy (root mean square of \(shared)), at most by "
                + "\(points(worst.difference))\(worst.cell.isEmpty ? "" : " (\(worst.cell))"); between two seeds by "
                + "\(points(noise.deviation * 2.0.squareRoot())), at most by \(points(noise.largest)).")
        text = lines.joined(separator: "\n")
    }

    private static func rows(_ directory: URL, _ file: String) throws(ForgeError) -> [[Substring]] {
        let url = directory.appendingPathComponent(file)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw .zooFileMissing(file: file, directory: directory.path)
        }
        return text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    private static func versions(_ directory: URL) throws(ForgeError) -> [String: String] {
        var versions: [String: String] = [:]
        for row in try rows(directory, "sources.csv") where row.count > 1 { versions[String(row[0])] = String(row[1]) }
        return versions
    }

    private static func results(_ directory: URL) throws(ForgeError) -> [String: Double] {
        var results: [String: Double] = [:]
        for row in try rows(directory, "records.csv") where row.count > 2 {
            results["\(row[0]) on \(row[1])"] = Double(row[2])
        }
        return results
    }

    private static func noise(_ directory: URL) throws(ForgeError) -> NoiseSummary {
        var runs: [MadeZoo.Run] = []
        for row in try rows(directory, "noise.csv") where row.count > 3 {
            guard let seed = UInt64(row[2]), let accuracy = Double(row[3]) else { continue }
            runs.append(
                MadeZoo.Run(model: String(row[0]), target: String(row[1]), seed: seed, accuracy: accuracy))
        }
        return NoiseSummary(runs)
    }
}
