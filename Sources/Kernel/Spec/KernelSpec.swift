import Foundation
import OrderedCollections

/// A kernelspec: the directory by which Jupyter's programs find a kernel.
///
/// ```swift
/// let template = #"{"argv": ["{executable}", "{connection_file}"], "display_name": "Echo", "language": "echo"}"#
/// let spec = try KernelSpec(name: "echo", template: Array(template.utf8))
/// let kernels = KernelSpecLocation.user.directory(environment: ProcessInfo.processInfo.environment)
/// _ = try spec.install(under: kernels, executable: "/usr/local/bin/echo-kernel")
/// ```
public struct KernelSpec: Sendable {
    /// The directory's name, by which programs ask for the kernel.
    public let name: String
    private let template: JSON
    private let files: [String: [UInt8]]

    /// Makes a kernelspec.
    ///
    /// - Parameters:
    ///   - name: The directory's name: letters, digits, dots, dashes and underscores.
    ///   - template: A `kernel.json` in whose `argv` the word `{executable}` stands for the kernel's program.
    ///   - files: Files beside it (logos), by file name.
    /// - Throws: ``KernelError`` if the name is not valid or the template is not JSON.
    public init(name: String, template: [UInt8], files: [String: [UInt8]] = [:]) throws(KernelError) {
        let allowed = { (byte: UInt8) in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "._-".utf8.contains(byte)
        }
        guard !name.isEmpty, name.utf8.allSatisfy(allowed), name != ".", name != ".." else {
            throw KernelError("A kernel's name consists of letters, digits, dots, dashes and underscores.")
        }
        self.name = name
        do { self.template = try JSON(parsing: template) } catch {
            throw KernelError("The kernelspec's template is not JSON: \(error.description).")
        }
        self.files = files
    }

    /// Writes the kernelspec under a directory of kernelspecs, replacing any that was there.
    ///
    /// - Parameters:
    ///   - kernels: The directory of kernelspecs, as ``KernelSpecLocation`` gives it.
    ///   - executable: The path of the kernel's program.
    ///   - launcher: A program to start in its place (`Sources/tglaunch`), copied into the directory as `launch`, with
    ///     the path of the kernel's program in the file `program` beside it.
    ///   - environment: Environment variables for its processes, beyond those of the template.
    /// - Returns: The kernelspec's directory.
    /// - Throws: ``KernelError`` if the directory cannot be written to.
    public func install(
        under kernels: String, executable: String, launcher: String? = nil, environment: [String: String] = [:]
    ) throws(KernelError) -> String {
        let directory = "\(kernels)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var started = executable
            if let launcher {
                started = "\(directory)/launch"
                try write(Array(Data(contentsOf: URL(fileURLWithPath: launcher))), to: started)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: started)
                try write(Array("\(executable)\n".utf8), to: "\(directory)/program")
            }
            try write(content(started, environment), to: "\(directory)/kernel.json")
            for (file, bytes) in files { try write(bytes, to: "\(directory)/\(file)") }
        } catch {
            throw KernelError("Cannot write the kernelspec to \(directory): \(error.localizedDescription)")
        }
        return directory
    }

    /// Removes a kernelspec from a directory of kernelspecs.
    ///
    /// - Returns: The directory that was removed; `nil` if there is none.
    /// - Throws: ``KernelError`` if it cannot be removed.
    public static func uninstall(_ name: String, under kernels: String) throws(KernelError) -> String? {
        let directory = "\(kernels)/\(name)"
        guard !name.isEmpty, !name.contains("/"), name != ".", name != "..",
            FileManager.default.fileExists(atPath: "\(directory)/kernel.json")
        else { return nil }
        do { try FileManager.default.removeItem(atPath: directory) } catch {
            throw KernelError("Cannot remove \(directory): \(error.localizedDescription)")
        }
        return directory
    }

    private func content(_ executable: String, _ environment: [String: String]) -> [UInt8] {
        guard case .object(var members) = template else { return template.serialized }
        members["argv"] = .array(
            (members["argv"]?.array ?? []).map { $0.string == "{executable}" ? .string(executable) : $0 })
        var variables: OrderedDictionary<String, JSON> = [:]
        if case .object(let given) = members["env"] { variables = given }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { variables[name] = .string(value) }
        members["env"] = .object(variables)
        return JSON.object(members).serialized + [UInt8(ascii: "\n")]
    }

    /// Replaces whatever has the name, without following links.
    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
