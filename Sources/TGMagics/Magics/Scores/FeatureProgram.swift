import CellLanguage
import Foundation
import Presentation
import TransferGraphCore

/// The Python package `transfergraph_features`, run in the user's own Python.
struct FeatureProgram {
    /// One of its messages, a line of JSON each.
    struct Event: Decodable, Sendable {
        let event: String
        var model: String?
        var library: String?
        var error: String?
        var note: String?
        var seconds: Double?
        var dimension: Int?
        var batch: Int?
        var position: Int?
        var count: Int?
        var done: Int?
        var samples: Int?
        var classes: Int?
        var left: Double?
    }

    private let python: String
    private let module: String
    private let package: String?

    /// How long it may take to end when interrupted, before it is killed.
    private static let patience = Duration.milliseconds(350)

    /// - Parameters:
    ///   - python: the path of an interpreter; `nil` for that of the active environment.
    ///   - module: the module to run.
    /// - Throws: `UserError` named `PythonNotFound`.
    init(python: String?, module: String = "transfergraph_features") throws(UserError) {
        self.module = module
        if let python {
            let path = LocalPath(python).text
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw UserError(
                    "PythonNotFound", "'\(python)' is not an executable program.", place: .init(file: path),
                    hint: "--python takes the path of a Python, such as ~/venv/bin/python.")
            }
            self.python = path
        } else {
            guard let found = Self.activePython else {
                throw UserError(
                    "PythonNotFound", "No Python environment is active, and there is no python3.",
                    hint: "--python PATH names one.")
            }
            self.python = found
        }
        package = Self.packageFolder
    }

    private static var activePython: String? {
        let environment = ProcessInfo.processInfo.environment
        var places = [environment["TGKERNEL_PYTHON"]].compactMap(\.self).filter { !$0.isEmpty }
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
            if let prefix = environment[name], !prefix.isEmpty { places.append(prefix + "/bin/python") }
        }
        places += (environment["PATH"] ?? "").split(separator: ":").map { $0 + "/python3" }
        return places.first(where: FileManager.default.isExecutableFile)
    }

    /// Where the package lies: in the folder that `TGKERNEL_FEATURES` names, in `share/tgkernel/features` beside the
    /// program's `bin`, or in the program's source tree. It may also be installed in Python itself.
    private static var packageFolder: String? {
        var places: [String] = []
        if let named = ProcessInfo.processInfo.environment["TGKERNEL_FEATURES"] { places.append(named) }
        var folder = RunningProgram.folder
        places.append(folder.deletingLastPathComponent().appendingPathComponent("share/tgkernel/features").path)
        for _ in 0..<6 {
            places.append(folder.appendingPathComponent("integrations/features").path)
            folder.deleteLastPathComponent()
        }
        return places.first {
            FileManager.default.fileExists(atPath: $0 + "/transfergraph_features/__main__.py")
        }
    }

    /// Runs it to its end.
    ///
    /// - Returns: its messages, in order.
    /// - Throws: `UserError` for its errors; ``Cancelled``, within half a second of the interrupt.
    func run(_ arguments: [String], work: Work) throws -> [Event] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-m", module] + arguments
        var environment = ProcessInfo.processInfo.environment
        if let package {
            environment["PYTHONPATH"] = [package, environment["PYTHONPATH"]].compactMap(\.self).joined(separator: ":")
        }
        environment["PYTHONUNBUFFERED"] = "1"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        let complaints = NSTemporaryDirectory() + "tgkernel-features-\(UInt64.random(in: .min ... .max)).txt"
        _ = FileManager.default.createFile(atPath: complaints, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: complaints) }
        if let handle = FileHandle(forWritingAtPath: complaints) { process.standardError = handle }
        do {
            try process.run()
        } catch {
            throw UserError(
                "PythonNotFound", "'\(python)' cannot be run: \(FileFailure.reason(error)).",
                hint: "--python PATH names another one.")
        }
        let events = try read(output.fileHandleForReading.fileDescriptor, of: process, work: work)
        process.waitUntilExit()
        if let error = events.last(where: { $0.event == "error" })?.error {
            throw UserError("FeaturesError", error.hasSuffix(".") ? error : error + ".")
        }
        guard process.terminationStatus == 0 else {
            throw failure(process.terminationStatus, complaints: complaints)
        }
        return events
    }

    private func failure(_ status: Int32, complaints: String) -> UserError {
        let text = String(decoding: FileManager.default.contents(atPath: complaints) ?? Data(), as: UTF8.self)
        let last = text.split(separator: "\n").last.map(String.init) ?? "it ended with status \(status)"
        if last.contains("No module named transfergraph_features") {
            return UserError(
                "FeaturesError",
                "The package transfergraph_features is not in '\(python)', and not beside the program.",
                hint: "pip install ./integrations/features installs it; TGKERNEL_FEATURES names its folder.")
        }
        if last.contains("No module named 'numpy'") {
            return UserError(
                "FeaturesError", "'\(python)' has no NumPy.",
                hint: "--python names the Python in which your models and encoders run.")
        }
        return UserError("FeaturesError", "Python failed: \(last.prefix(400)).")
    }

    /// Reads lines until the program closes its output.
    private func read(_ descriptor: Int32, of process: Process, work: Work) throws -> [Event] {
        var events: [Event] = []
        var rest: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let decoder = JSONDecoder()
        while true {
            if work.isCancelled() {
                end(process)
                throw Cancelled()
            }
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, 40)
            if ready == 0 || ready < 0 && errno == EINTR { continue }
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return events }
            rest += buffer[0..<count]
            while let end = rest.firstIndex(of: 10) {
                if let event = try? decoder.decode(Event.self, from: Data(rest[0..<end])) {
                    if event.event != "progress" { events.append(event) }
                    show(event, work)
                }
                rest.removeSubrange(0...end)
            }
        }
    }

    private func show(_ event: Event, _ work: Work) {
        guard let model = event.model, let position = event.position, let count = event.count, count > 0 else { return }
        let share = Double(event.done ?? 0) / Double(max(1, event.samples ?? 1))
        var stage = "\(model), \(position + 1) of \(count)"
        if let left = event.left { stage += ", \(DurationText.about(left)) left of it" }
        work.report(stage, (Double(position) + share) / Double(count))
    }

    /// Asks it to end, and kills it if that takes too long: what it has finished is in the folder.
    private func end(_ process: Process) {
        process.terminate()
        let start = ContinuousClock.now
        while process.isRunning, ContinuousClock.now - start < Self.patience { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
