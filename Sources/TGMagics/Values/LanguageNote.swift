import Support
import TransferGraphCore

/// Which of some models were tested only in languages other than the target's.
struct LanguageNote {
    private let zoo: Zoo
    private let strangers: Strangers?

    init(_ zoo: Zoo, target: Int) {
        self.zoo = zoo
        strangers = zoo.languageStrangers(to: target)
    }

    func text(of models: [Int]) -> String? {
        guard let strangers else { return nil }
        let names = models.filter(strangers.models.contains).map { zoo.models[$0].name.singleLine() }
        guard !names.isEmpty else { return nil }
        return
            "\(names.joined(separator: ", ")): no result in \(strangers.values.joined(separator: ", ")), the target's language\(strangers.values.count == 1 ? "" : "s"); judged by others alone."
    }
}
