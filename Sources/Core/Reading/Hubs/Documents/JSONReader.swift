import CYAJL

/// Reads JSON by the events of yajl, the one library at hand that says where it is: results are told with their lines.
///
/// Python writes `NaN`, `Infinity` and `-Infinity`, which are no JSON; a file that holds them is read all the same.
package enum JSONReader {
    /// How deep mappings and lists may be nested.
    static let depthLimit = 500

    /// Reads one text.
    ///
    /// - Parameters:
    ///   - firstLine: the line of its file that `bytes` begin on.
    ///   - isCancelled: asked every few thousand values: whether to stop, which throws as well.
    /// - Throws: ``DocumentError``.
    package static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int = 1, isCancelled: (@Sendable () -> Bool)? = nil
    ) throws(DocumentError) -> DataTree {
        // Positions are of 32 bits.
        guard bytes.count < Int(UInt32.max) else {
            throw DocumentError(line: firstLine, problem: "it has more than 4 GiB")
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = hasMark ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
        do throws(DocumentError) {
            return try parse(text, firstLine, isCancelled)
        } catch {
            guard isCancelled?() != true, let quoted = BareNumbers.quoted(text) else { throw error }
            return try quoted.withUnsafeBufferPointer { buffer throws(DocumentError) in
                try parse(buffer, firstLine, isCancelled)
            }
        }
    }

    private static func parse(
        _ text: UnsafeBufferPointer<UInt8>, _ firstLine: Int, _ isCancelled: (@Sendable () -> Bool)?
    ) throws(DocumentError) -> DataTree {
        let progress = UnsafeMutablePointer<Progress>.allocate(capacity: 1)
        progress.initialize(to: Progress(text: text, line: firstLine, isCancelled: isCancelled))
        defer { progress.deinitialize(count: 1).deallocate() }
        var callbacks = callbacks
        guard let handle = yajl_alloc(&callbacks, nil, progress) else {
            throw DocumentError(line: firstLine, problem: "there is no memory to read it")
        }
        defer { yajl_free(handle) }
        // Bytes that are not UTF-8 are replaced when a text is made of them.
        _ = yajl_set(handle, yajl_dont_validate_strings, 1)
        progress.pointee.handle = handle
        var status = yajl_parse(handle, text.baseAddress, text.count)
        if status == yajl_status_ok { status = yajl_complete_parse(handle) }
        if status == yajl_status_ok { return progress.pointee.tree }
        if progress.pointee.isStopped { throw DocumentError(line: firstLine, problem: "its reading was stopped") }
        let tooDeep = status == yajl_status_client_canceled
        let line = firstLine + text.prefix(yajl_get_bytes_consumed(handle)).count { $0 == 10 }
        throw DocumentError(
            line: line,
            problem: tooDeep ? "it is nested more than \(depthLimit) deep" : message(handle))
    }

    private static func message(_ handle: yajl_handle) -> String {
        guard let text = yajl_get_error(handle, 0, nil, 0) else { return "it is no JSON" }
        defer { yajl_free_error(handle, text) }
        let words = String(cString: text).split(separator: "\n").first.map(String.init) ?? "it is no JSON"
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }

    /// What the callbacks share.
    fileprivate struct Progress {
        let text: UnsafeBufferPointer<UInt8>
        var tree = DataTree()
        var handle: yajl_handle?
        /// The line of `counted`, up to where its line ends are counted.
        var line: Int
        var counted = 0
        private let isCancelled: (@Sendable () -> Bool)?
        private var values = 0
        private(set) var isStopped = false

        init(text: UnsafeBufferPointer<UInt8>, line: Int, isCancelled: (@Sendable () -> Bool)?) {
            self.text = text
            self.line = line
            self.isCancelled = isCancelled
        }

        /// Whether to go on.
        private mutating func goesOn() -> Bool {
            values += 1
            if values & 0xfff == 0, let isCancelled, isCancelled() { isStopped = true }
            return !isStopped
        }

        mutating func currentLine() -> Int {
            let consumed = min(yajl_get_bytes_consumed(handle), text.count)
            while counted < consumed {
                if text[counted] == 10 { line += 1 }
                counted += 1
            }
            return line
        }

        mutating func begin(_ kind: DataTree.Kind) -> Int32 {
            guard goesOn(), tree.depth < depthLimit else { return 0 }
            tree.begin(kind, line: currentLine())
            return 1
        }

        mutating func add(_ kind: DataTree.Kind, _ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
            guard goesOn() else { return 0 }
            tree.add(kind, line: currentLine(), UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
            return 1
        }

        mutating func add(_ word: StaticString) -> Int32 {
            add(.plain, word.utf8Start, word.utf8CodeUnitCount)
        }
    }

    private static var callbacks: yajl_callbacks {
        yajl_callbacks(
            yajl_null: { progress($0).pointee.add("null") },
            yajl_boolean: { $1 != 0 ? progress($0).pointee.add("true") : progress($0).pointee.add("false") },
            yajl_integer: nil, yajl_double: nil,
            yajl_number: { context, text, count in
                text!.withMemoryRebound(to: UInt8.self, capacity: count) {
                    progress(context).pointee.add(.plain, $0, count)
                }
            },
            yajl_string: { progress($0).pointee.add(.quoted, $1, $2) },
            yajl_start_map: { progress($0).pointee.begin(.mapping) },
            yajl_map_key: { progress($0).pointee.add(.quoted, $1, $2) },
            yajl_end_map: {
                progress($0).pointee.tree.end()
                return 1
            },
            yajl_start_array: { progress($0).pointee.begin(.list) },
            yajl_end_array: {
                progress($0).pointee.tree.end()
                return 1
            })
    }
}

/// What the callbacks of a parse share. A function of the file: C's pointers capture no type.
private func progress(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<JSONReader.Progress> {
    context!.assumingMemoryBound(to: JSONReader.Progress.self)
}
