import Foundation

/// Numbers that other people's implementations gave; they lie beside the package, not in it.
enum SharedOracle {
    static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: SharedFiles.oracles.appending(path: name).path)
    }

    static func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: SharedFiles.oracles.appending(path: name)))
    }
}
