import Foundation
import Support

extension Zoo {
    /// Reads the zoo at `path`: a folder or a file.
    ///
    /// - Throws: as ``load(paths:options:name:work:)``.
    public static func load(
        path: String, format: ZooFormat = .auto, name: String? = nil, fineTuning: FineTuning = .full
    ) throws -> Zoo {
        var options = ReadingOptions()
        options.format = format
        options.fineTuning = fineTuning
        return try load(paths: [path], options: options, name: name)
    }

    /// Reads what is at `paths` into one zoo.
    ///
    /// - Parameters:
    ///   - paths: folders or files. A `records.csv` stands for its folder; beside other paths a `models.csv`,
    ///     `datasets.csv` and the other tables of a zoo's layout are what they are there.
    ///   - options: the format, and how to read what files leave open.
    ///   - name: the name for the session; the first path's own name where `nil`.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: ``ZooError``, with the file and line where one is at fault; `Cancelled`.
    /// - Complexity: linear in the files' sizes; distances take the square of the number of datasets.
    public static func load(
        paths: [String], options: ReadingOptions = ReadingOptions(), name: String? = nil, work: Work = .unwatched
    ) throws -> Zoo {
        var facts = Facts()
        var firstName: String?
        let places = try paths.map { path throws(ZooError) in try place(path) }
        // Of several files the names may tell which splits or settings they hold.
        let marks = FileMarks.marks(of: places.map { $0.isFolder ? nil : $0.name })
        for (index, place) in places.enumerated() {
            let first = facts.measurements.count
            let part = work.part(
                0.8 * Double(index) / Double(places.count)...0.8 * Double(index + 1) / Double(places.count))
            try read(place, options, beside: places.count - 1, into: &facts, part)
            if let mark = marks[index] { facts.tell(mark, from: first, file: place.name) }
            if firstName == nil { firstName = Self.name(of: place) }
        }
        SourceNames.settle(&facts)
        IdentifierNames.settle(&facts)
        let source = places.map(\.path).joined(separator: ", ")
        return try ZooChoice(facts, options: options).zoo(
            name: name ?? firstName ?? "zoo", source: source, work: work.part(0.8...1))
    }

    /// Reads all that is in a place, by each reader that knows some of it.
    private static func read(
        _ place: ReadingPlace, _ options: ReadingOptions, beside others: Int, into facts: inout Facts, _ work: Work
    ) throws {
        let readers = try readers(of: place, options, beside: others)
        let firstFile = facts.files.count
        for reader in readers {
            facts.beginSource(place.path, format: reader.format)
            do {
                try reader.read(place, options: options, into: &facts, work: work)
            } catch let error as TableError {
                throw ZooError.table(error)
            } catch let error as ZooError where readers.count > 1 {
                switch error {
                case .nothing, .notRecognised: break
                default: throw error
                }
                facts.note(
                    .leftOut, "formats that a place looked like, and of which it holds nothing",
                    example: reader.format.rawValue, at: .init(file: -1))
            }
        }
        if readers.count > 1 {
            facts.note(
                .noted, "files of several formats in one place: all are read, and joined by the names of models",
                example: readers.map(\.format.rawValue).joined(separator: ", "), at: .init(file: -1),
                count: readers.count)
        }
        let isOfTables = readers.contains { $0 is TableReader }
        guard place.isFolder, isOfTables || options.format == .auto,
            !readers.contains(where: { $0.format == .transfergraph })
        else { return }
        let known = Set(facts.files[firstFile...].map(\.path))
        let files = ZooFiles(place.names())
        // What a folder is about stands in a README, with or without tables.
        let texts =
            isOfTables
            ? TableReader.textsWithTables(files, in: place).filter { !$0.lowercased().hasPrefix("readme") } : []
        for name in files.others + texts where !known.contains(name) {
            // A hub's own files are no tables, whatever their endings.
            if !isOfTables, !TableReader.isDelimited(name) { continue }
            if !isOfTables, try TableReader.readResults(name, in: place, options, into: &facts, work) { continue }
            facts.note(
                .noted, "tables that are no part of a zoo's layout: not read", example: name, at: .init(file: -1))
        }
    }

    /// A zoo from one table's text, whatever its shape.
    ///
    /// - Parameters:
    ///   - table: the bytes of the table's text.
    ///   - file: what the text is called in messages.
    ///   - name: the zoo's name for the session.
    ///   - options: how to read what the text leaves open.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: as ``load(paths:options:name:work:)``.
    public init(
        table: Data, file: String, name: String, options: ReadingOptions = ReadingOptions(), work: Work = .unwatched
    ) throws {
        var facts = Facts()
        facts.beginSource(file, format: .table)
        do {
            try TableReading.read(table, file: file, options: options, into: &facts, work: work)
        } catch let error as TableError {
            throw ZooError.table(error)
        }
        self = try ZooChoice(facts, options: options).zoo(name: name, source: file, work: work)
    }

    /// - Parameter others: how many other places make the zoo: beside some, a file called `models.csv` describes models.
    private static func readers(
        of place: ReadingPlace, _ options: ReadingOptions, beside others: Int
    ) throws(ZooError) -> [any ZooReader] {
        if others > 0, !place.isFolder, let role = ZooFiles.role(of: place.name), role != .records {
            return [TableReader(format: .tidy, role: role)]
        }
        if options.format != .auto {
            guard let reader = ZooReaders.reader(of: options.format) else { throw .noReader(options.format) }
            return [reader]
        }
        let readers = ZooReaders.recognising(place)
        if others > 0, !place.isFolder, readers.count == 1, readers[0].format == .table {
            return [TableReader(format: .table, isOneOfSeveral: true)]
        }
        if !readers.isEmpty { return readers }
        let files = ZooFiles(place.names())
        let zoos = TableReader.zoos(in: place)
        // A folder of tables is one of tables, be it that it does not say which is which.
        let holdsTables = !files.others.isEmpty || !TableReader.textsWithTables(files, in: place).isEmpty
        if holdsTables, zoos.isEmpty { return [TableReader(format: .table)] }
        throw zoos.isEmpty
            ? .notRecognised(path: place.path, files: place.names().filter { !$0.hasPrefix(".") })
            : .noRecords(path: place.path, zoos: zoos, tables: [])
    }

    /// The place at a path; a file that a folder's layout calls its records is the folder.
    private static func place(_ path: String) throws(ZooError) -> ReadingPlace {
        guard let place = ReadingPlace(path) else {
            let folder = LocalPath(path).folder
            throw .notFound(path: path, folder: folder, neighbours: names(in: folder))
        }
        guard !place.isFolder, ZooFiles.stem(place.name) == "records",
            let folder = ReadingPlace(LocalPath(place.path).folder)
        else { return place }
        return folder
    }

    /// What a zoo is called that nobody named: its folder, or its file without endings.
    private static func name(of place: ReadingPlace) -> String {
        if place.isFolder { return URL(fileURLWithPath: place.path).standardizedFileURL.lastPathComponent }
        return ZooFiles.stem(place.name) ?? place.name
    }

    /// What is in a folder and not hidden, in order.
    private static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
