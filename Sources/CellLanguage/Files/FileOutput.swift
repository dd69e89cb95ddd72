import Foundation
import JupyterKernel
import Support

/// A destination for output, checked before the work begins whose result it is to take.
///
/// A plain file is written atomically (`WholeFile`). A pipe or a device is written to and never replaced. `-` is the
/// standard output of a command in a terminal.
public struct FileOutput: Sendable {
    private enum Place: Sendable {
        case file(WholeFile)
        case stream(String)
        case standard(TerminalContext, OutputStreamName)
    }

    /// The path as the user wrote it.
    public let path: String
    private let place: Place
    private let context: any ExecutionContext

    /// Looks at the place that `path` names, and at what the session was read from.
    ///
    /// - Throws: `UserError` named `FileNotWritable`.
    public init(_ path: String, in invocation: Invocation) throws(UserError) {
        if path != "-",
            let reason = invocation.runner.registry.vocabulary.reasonToKeep(LocalPath(path).text, in: invocation.state)
        {
            throw UserError(
                "FileNotWritable", "'\(path)' is kept: \(reason).", place: .init(file: path), hint: "Name another file."
            )
        }
        try self.init(path, in: invocation.context)
    }

    /// Checks the place that `path` names.
    ///
    /// - Throws: `UserError` named `FileNotWritable` if nothing can be written.
    public init(_ path: String, in context: any ExecutionContext) throws(UserError) {
        self.path = path
        self.context = context
        if path == "-" {
            place = try Self.standard(.stdout, path, context)
            return
        }
        let typed = LocalPath(path)
        var status = stat()
        guard stat(typed.text, &status) == 0 else {
            place = .file(try Self.plainFile(typed, path))
            return
        }
        for (descriptor, stream) in [(STDOUT_FILENO, OutputStreamName.stdout), (STDERR_FILENO, .stderr)] {
            var own = stat()
            if fstat(descriptor, &own) == 0, own.st_ino == status.st_ino, own.st_dev == status.st_dev,
                own.st_rdev == status.st_rdev, status.st_mode & S_IFMT != S_IFCHR || Self.isTerminal(descriptor)
            {
                place = try Self.standard(stream, path, context)
                return
            }
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            place = .file(try Self.plainFile(typed, path))
        case S_IFIFO, S_IFCHR:
            guard access(typed.text, W_OK) == 0 else { throw Self.failure(path, FileFailure(errno)) }
            place = .stream(typed.text)
        case S_IFDIR:
            throw UserError(
                "FileNotWritable", "'\(path)' is a directory.", place: .init(file: path), hint: "Name a file.")
        default:
            throw UserError(
                "FileNotWritable", "'\(path)' is a disk or a socket.", place: .init(file: path), hint: "Name a file.")
        }
    }

    /// Writes `text`, replacing what was there before, which stays if not all can be written.
    ///
    /// - Throws: `UserError` named `FileNotWritable`; `Cancelled` if a pipe's reader keeps the writer waiting and the
    ///   user interrupts.
    public func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes `bytes`, as ``write(_:)`` does text.
    public func write(_ bytes: [UInt8]) throws {
        switch place {
        case .standard(let terminal, let stream): terminal.writeExport(bytes, to: stream)
        case .stream(let device): try write(bytes, into: device)
        case .file(let file):
            do { try file.write(bytes) } catch { throw Self.failure(path, error) }
        }
    }

    /// Reports that `what` was written, except to standard output.
    ///
    /// Texts are written as they are, so that they are read back as they are; of a table in which a spreadsheet would
    /// calculate one, that is said.
    ///
    /// - Parameters:
    ///   - what: what the file holds, as a sentence names it: `the table`.
    ///   - content: the bytes that it holds.
    public func tell(_ what: String, _ content: [UInt8]) {
        if case .standard = place { return }
        context.write("Wrote \(what) to \(path.singleLine()).\n", to: .stdout)
        guard LocalPath(path).ending == "csv", let formula = CSV.formula(in: content) else { return }
        context.write(
            "A spreadsheet would calculate '\(formula.singleLine(limit: 40))': let it take that column as text.\n",
            to: .stdout)
    }

    // MARK: Checking

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    private static func standard(
        _ stream: OutputStreamName, _ path: String, _ context: any ExecutionContext
    ) throws(UserError) -> Place {
        if let terminal = context as? TerminalContext { return .standard(terminal, stream) }
        throw UserError(
            "FileNotWritable", "'\(path)' is a program's own output, which a notebook does not show.",
            place: .init(file: path), hint: "Name a file; in a terminal the command can write to its output.")
    }

    /// A file, existing or not, in a directory where files can be created.
    private static func plainFile(_ typed: LocalPath, _ path: String) throws(UserError) -> WholeFile {
        let whole: WholeFile
        do { whole = try WholeFile(typed.text) } catch { throw failure(path, error) }
        let file = whole.place
        var isDirectory: ObjCBool = false
        guard !file.name.isEmpty, FileManager.default.fileExists(atPath: file.folder, isDirectory: &isDirectory),
            isDirectory.boolValue
        else {
            throw UserError(
                "FileNotWritable", "There is no directory '\(file.folder)' to write '\(file.name)' to.",
                place: .init(file: path), hint: "Make the directory first.")
        }
        let existing = file.folder + "/" + file.name
        if access(existing, F_OK) == 0, access(existing, W_OK) != 0 {
            throw UserError(
                "FileNotWritable", "'\(path)' may not be written to.", place: .init(file: path),
                hint: "Name another file, or make this one writable.")
        }
        guard access(file.folder, W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw UserError(
                "FileNotWritable", "Nothing can be written to the directory '\(file.folder)': \(reason).",
                place: .init(file: path), hint: "Name a file in another directory.")
        }
        return whole
    }

    // MARK: Writing

    private func write(_ bytes: [UInt8], into device: String) throws {
        // Without blocking: a pipe that nobody reads would hold the session for ever.
        let descriptor = open(device, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno != ENXIO { throw Self.failure(path, FileFailure(errno)) }
            throw UserError(
                "FileNotWritable", "'\(path)' is a pipe that no program reads.", place: .init(file: path),
                hint: "Start the reader first.")
        }
        defer { close(descriptor) }
        let context = context
        let problem = SignalFree.write(bytes, to: descriptor) { context.isInterrupted }
        if problem == ECANCELED { throw Cancelled() }
        if let problem { throw Self.failure(path, FileFailure(problem)) }
    }

    private static func failure(_ path: String, _ failure: FileFailure) -> UserError {
        UserError(failure, path: path, whereFull: "Name a file elsewhere.")
    }
}

extension MagicResult {
    /// `value`, with `text` written to `output` if there is one. If it cannot be written, the value is kept and the
    /// reason is ``writeError``.
    ///
    /// - Parameters:
    ///   - value: what the magic gives.
    ///   - text: the content of the file; made only if there is one.
    ///   - what: what is written, for the sentence that reports it: "the table".
    ///   - output: the place; `nil` if nothing is to be written.
    ///   - change: how the session is to change, whether or not the file could be written.
    /// - Throws: `Cancelled`.
    public init(
        _ value: (any SessionValue)?, writing text: @autoclosure () -> String, as what: String,
        to output: FileOutput?, change: (@Sendable (inout SessionState) -> Void)? = nil
    ) throws {
        try self.init(value, writing: Array(text().utf8), as: what, to: output, change: change)
    }

    /// The same with bytes, such as a picture's.
    public init(
        _ value: (any SessionValue)?, writing bytes: @autoclosure () -> [UInt8], as what: String,
        to output: FileOutput?, change: (@Sendable (inout SessionState) -> Void)? = nil
    ) throws {
        do {
            if let output {
                let content = bytes()
                try output.write(content)
                output.tell(what, content)
            }
            self.init(value, change: change)
        } catch let error as UserError {
            self.init(value, writeError: error, change: change)
        }
    }
}
