import Foundation
import Support

/// A finished part: what each of its tasks returned.
public struct Part: Sendable {
    /// All but the results: a line of JSON at the beginning of the file, for people too (`head -1`).
    public struct Head: Codable, Sendable {
        /// What identifies such a file.
        public var format = "transfergraph-part"
        public let part: Int
        public let parts: Int
        public let sweep: SweepDescription
        /// The hash of the description.
        public let sweepHash: String
        /// The tasks, ascending.
        public let tasks: [Int]
        /// The kind of processor, on which the last digits of a result may depend.
        public let processor: String
        /// The machine it was computed on.
        public let machine: String
        /// How long that took.
        public let seconds: Double
        /// The hash and the byte count of what follows the line.
        public let contentHash: String
        public let contentBytes: Int
    }

    public let head: Head
    /// What each task returned, in the order of ``Head/tasks``.
    public let records: [[UInt8]]

    public init(
        _ number: PartNumber, of sweep: SweepDescription, tasks: [Int], records: [[UInt8]], processor: String,
        machine: String, seconds: Double
    ) {
        let content = Self.content(records)
        head = Head(
            part: number.number, parts: number.count, sweep: sweep, sweepHash: sweep.hash, tasks: tasks,
            processor: processor, machine: machine, seconds: seconds, contentHash: SHA256.hexadecimal(of: content),
            contentBytes: content.count)
        self.records = records
    }

    public var number: PartNumber? { PartNumber(head.part, of: head.parts) }

    private static func content(_ records: [[UInt8]]) -> [UInt8] {
        var writer = ByteWriter()
        for record in records { writer.put(UInt64(record.count)) }
        return writer.bytes + records.joined()
    }

    /// The file's bytes.
    public func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(head)) + [10] + Self.content(records)
    }

    /// Reads a file.
    ///
    /// - Throws: `UserError` named `PartError` if it is not a part, or not as it was written.
    public init(contentsOf path: String) throws(UserError) {
        func damaged(_ why: String) -> UserError {
            UserError(
                "PartError", "'\(path)' \(why).", place: .init(file: path),
                hint: "Remove it, and run its part again.")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw damaged("cannot be read") }
        let bytes = Array(data)
        guard let end = bytes.firstIndex(of: 10), let head = Self.head(of: bytes[..<end]) else {
            throw damaged("is not part of a sweep")
        }
        let content = Array(bytes[(end + 1)...])
        guard content.count == head.contentBytes, SHA256.hexadecimal(of: content) == head.contentHash else {
            throw damaged("is damaged: it is not as it was written")
        }
        guard head.sweep.hash == head.sweepHash, let records = Self.records(content, count: head.tasks.count),
            PartNumber(head.part, of: head.parts) != nil,
            head.tasks.allSatisfy((0..<max(head.sweep.tasks, 0)).contains)
        else { throw damaged("is damaged: its first line does not fit what follows") }
        self.head = head
        self.records = records
    }

    /// The first line of a file, without reading what follows; `nil` if it is not a part.
    public static func head(ofFileAt path: String) -> Head? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var line: [UInt8] = []
        while let data = try? file.read(upToCount: 1 << 16), !data.isEmpty {
            if let end = data.firstIndex(of: 10) { return head(of: (line + data[..<end])[...]) }
            line += data
        }
        return nil
    }

    private static func head(of line: ArraySlice<UInt8>) -> Head? {
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(line)), head.format == "transfergraph-part"
        else { return nil }
        return head
    }

    private static func records(_ content: [UInt8], count: Int) -> [[UInt8]]? {
        var reader = ByteReader(content)
        var place = 8 * count
        var records: [[UInt8]] = []
        for _ in 0..<count {
            guard let length: UInt64 = try? reader.integer(), length <= UInt64(max(content.count - place, 0)) else {
                return nil
            }
            records.append(Array(content[place..<place + Int(length)]))
            place += Int(length)
        }
        return place == content.count ? records : nil
    }
}
