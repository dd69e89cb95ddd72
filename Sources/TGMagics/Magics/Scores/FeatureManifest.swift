import CellLanguage
import Foundation
import TransferGraphCore

/// What `%features extract` wrote into a folder: `manifest.json` with a row for each model, and the labels.
struct FeatureManifest: Decodable {
    struct Entry: Decodable {
        let model: String
        let status: String
        let features: String?
        let probabilities: String?
        let error: String?
    }

    struct DataSummary: Decodable {
        let labels: String
    }

    let format: String
    /// The format version; the first if not stated.
    let version: Int?
    let data: DataSummary
    let models: [Entry]

    /// Reads a folder's manifest.
    ///
    /// - Throws: `UserError`.
    init(folder: String) throws(UserError) {
        let path = LocalPath(folder).text + "/manifest.json"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw UserError(
                "FileNotFound", "There is no manifest.json in '\(folder)'.", place: .init(file: path),
                hint: "%features extract writes one with the features.")
        }
        do {
            self = try JSONDecoder().decode(FeatureManifest.self, from: bytes)
        } catch {
            throw UserError(
                "ManifestError", "The manifest cannot be read: \(Self.sentence(error)).", place: .init(file: path),
                hint: "%features extract writes it anew.")
        }
        guard format == "transfergraph-features" else {
            throw UserError("ManifestError", "This is not a manifest of features.", place: .init(file: path))
        }
        guard version ?? 1 <= 1 else {
            throw UserError(
                "ManifestError", "A later version wrote this manifest (\(version ?? 1)); this program knows 1.",
                place: .init(file: path), hint: "Score the features with that version, or extract them with this one.")
        }
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' has the wrong type"
        default: "it is not JSON"
        }
    }

    /// A file of the folder; names that lead out of it are rejected.
    static func file(_ name: String, in folder: String) throws(UserError) -> String {
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
            throw UserError(
                "ManifestError", "The manifest names '\(name)', which is not in its folder.",
                place: .init(file: folder + "/manifest.json"))
        }
        return LocalPath(folder).text + "/" + name
    }
}
