/// A line such as `%graph build?`: a magic, its subcommand, and a question mark.
///
/// After a magic without that subcommand the mark is text, as in `%echo really?`: only the registry can tell.
struct Question {
    let help: MagicHelp

    init?(_ words: [Word], in registry: MagicRegistry) {
        guard words.last?.isQuoted == false, var last = words.last?.literal, last.utf8.last == UInt8(ascii: "?") else {
            return nil
        }
        while last.hasSuffix("?") { last.removeLast() }
        let others = words.dropLast().compactMap { $0.isQuoted ? nil : $0.literal }
        guard others.count == words.count - 1, let first = others.first,
            let help = registry.help(at: [CellScanner.bareName(first)] + others.dropFirst() + [last])
        else { return nil }
        self.help = help
    }
}
