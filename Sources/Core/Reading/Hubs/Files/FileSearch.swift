import Support

/// Finds files of a kind in a place and the folders below it.
enum FileSearch {
    /// The paths of files whose names fit, folder by folder; a place that is a file is found under the empty path.
    ///
    /// A packed file is judged by its name without `.gz` or `.zst`.
    ///
    /// - Parameters:
    ///   - depth: how many folders below the place are looked into.
    ///   - budget: how many folders are looked at in all: few where a place is only to be recognised.
    static func files(
        in place: ReadingPlace, depth: Int, budget: Int = .max, where fits: (String) -> Bool
    ) -> [String] {
        if !place.isFolder { return fits(HubFile.plainName(place.name)) ? [""] : [] }
        var found: [String] = []
        var left = budget
        func visit(_ folder: String, _ depth: Int) {
            guard left > 0 else { return }
            left -= 1
            let listing = FolderListing(of: place, folder)
            found += listing.files.filter { fits(HubFile.plainName($0)) }.map { FolderListing.join(folder, $0) }
            guard depth > 0 else { return }
            for name in listing.folders where !name.hasPrefix(".") {
                visit(FolderListing.join(folder, name), depth - 1)
            }
        }
        visit("", depth)
        return found
    }

    /// What a file is called in messages: its path, or the name of a place that is a file.
    static func label(_ path: String, in place: ReadingPlace) -> String { path.isEmpty ? place.name : path }

    /// The last part of a path, without what says that the file is packed.
    static func name(_ path: String, in place: ReadingPlace) -> String {
        HubFile.plainName(path.isEmpty ? place.name : String(path.split(separator: "/").last ?? ""))
    }
}
