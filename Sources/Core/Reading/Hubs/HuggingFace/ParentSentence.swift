/// The sentence that trainers write into cards: "… fine-tuned version of [bert-base-cased](https://huggingface.co/…) on the
/// emotion dataset", in its usual spellings and wherever its lines end.
struct ParentSentence {
    private let text: UnsafeBufferPointer<UInt8>
    private let model: String

    init(in text: UnsafeBufferPointer<UInt8>, of model: String) {
        self.text = text
        self.model = model
    }

    /// The first parent that a sentence names, with its line, counted from 0, and the dataset it was tuned on.
    func parent() -> (name: String, line: Int, dataset: String?)? {
        var position = 0
        while let next = text[position...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "f") }) {
            position = next + 1
            guard let start = positionAfterPhrase(at: next), !isNegated(before: next),
                let link = link(at: start), let name = name(link.label, link.address),
                HubLineage.isParent(name, of: model)
            else { continue }
            return (name, text[..<start].count { $0 == 10 }, dataset(after: link.end))
        }
        return nil
    }

    /// The position behind "fine-tuned version of the" or "model finetuned from" that begins at `start`.
    private func positionAfterPhrase(at start: Int) -> Int? {
        guard var position = after("fine", at: start) else { return nil }
        // A hyphen, one that breaks no line, a blank, or nothing.
        for hyphen in ["-", "\u{2011}", "\u{2010}", " "] {
            if let next = after(hyphen, at: position) {
                position = next
                break
            }
        }
        guard let tuned = after("tuned", at: position).flatMap(afterBlank) else { return nil }
        var end: Int
        if let version = after("version", at: tuned).flatMap(afterBlank),
            let of = after("of", at: version).flatMap(afterBlank)
        {
            end = of
        } else if words(before: start).last == "model", let from = after("from", at: tuned).flatMap(afterBlank) {
            end = from
        } else {
            return nil
        }
        if let the = after("the", at: end).flatMap(afterBlank) { end = the }
        return end + text[end...].prefix { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }.count
    }

    /// The position behind a word, in letters of either size.
    private func after(_ word: String, at start: Int) -> Int? {
        let end = start + word.utf8.count
        guard end < text.count else { return nil }
        let isThere = zip(text[start..<end], word.utf8).allSatisfy { byte, letter in
            byte == letter || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") && byte | 0x20 == letter
        }
        return isThere ? end : nil
    }

    private func afterBlank(_ start: Int) -> Int? {
        let blank = text[start...].prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return blank.isEmpty || blank.endIndex >= text.count ? nil : blank.endIndex
    }

    /// The last words of the same sentence before a position, in small letters.
    private func words(before end: Int) -> [String] {
        let before = String(decoding: text[max(0, end - 40)..<end], as: UTF8.self).lowercased()
        let sentence = before.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        return sentence.split { !$0.isLetter && $0 != "'" && $0 != "’" }.suffix(4).map(String.init)
    }

    private func isNegated(before start: Int) -> Bool {
        words(before: start).contains { word in
            ["not", "no", "never", "neither", "nor"].contains(word) || word.hasSuffix("n't") || word.hasSuffix("n’t")
        }
    }

    /// The link that begins at a position, in Markdown or HTML, and where it ends.
    private func link(at start: Int) -> (label: String, address: String, end: Int)? {
        func part(_ start: Int, to end: String, most: Int) -> (text: String, end: Int)? {
            guard start < text.count, let close = text[start...].prefix(most).firstIndex(of: end.utf8.first ?? 0),
                text[close...].starts(with: end.utf8)
            else { return nil }
            return (String(decoding: text[start..<close], as: UTF8.self), close + end.utf8.count)
        }
        if text[start] == UInt8(ascii: "["), let label = part(start + 1, to: "](", most: 300),
            let address = part(label.end, to: ")", most: 500)
        {
            return (label.text, address.text, address.end)
        }
        guard let open = after("<a href=\"", at: start), let address = part(open, to: "\"", most: 500),
            let rest = part(address.end, to: ">", most: 200), let label = part(rest.end, to: "</a>", most: 300)
        else { return nil }
        return (label.text, address.text, label.end)
    }

    /// The model that a link names: by its address on the hub; where it leads elsewhere, by a label that is a model's name.
    private func name(_ label: String, _ address: String) -> String? {
        let address = address.trimmed
        if let path = Self.hosts.lazy.compactMap({ Self.rest(of: address, after: $0) }).first {
            let parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
            guard let owner = parts.first, !owner.isEmpty, !Self.pages.contains(String(owner)) else { return nil }
            return HubLineage.plainName(parts.prefix(2).filter { !$0.isEmpty }.joined(separator: "/"))
        }
        let label = label.filter { $0 != "`" && $0 != "*" }.trimmed
        if address.split(separator: "/").count == 2, !address.contains(":"), HubLineage.isParent(address, of: "") {
            return address
        }
        let isName = label.contains("/") || label.contains("-") && label == label.lowercased()
        return isName ? HubLineage.plainName(label) : nil
    }

    private static func rest(of address: String, after host: String) -> Substring? {
        address.hasPrefix(host) ? address.dropFirst(host.count) : nil
    }

    private static let hosts = ["https://", "http://", ""].flatMap { scheme in
        ["huggingface.co/", "www.huggingface.co/", "hf.co/"].map { scheme + $0 }
    }

    private static let pages: Set<String> = [
        "datasets", "spaces", "papers", "docs", "blog", "models", "collections", "transformers", "tasks",
    ]

    /// The dataset of "… on the emotion dataset" behind the link.
    private func dataset(after end: Int) -> String? {
        let rest = String(decoding: text[end...].prefix(600), as: UTF8.self)
        var words = rest.split(maxSplits: 13, whereSeparator: \.isWhitespace).prefix(13)
            .drop { $0.allSatisfy { $0 == "*" || $0 == "_" } }
        if words.first == "model" { words = words.dropFirst() }
        guard let first = words.first, first == "on", let last = words.firstIndex(where: { $0.hasPrefix("dataset") })
        else { return nil }
        let named = words[(words.startIndex + 1)..<last].drop { ["the", "an", "a"].contains($0) }
            .map { MarkdownText.plain(String($0)) }
        return named.isEmpty || named.contains { $0.hasSuffix(".") } ? nil : named.joined(separator: " ")
    }
}
