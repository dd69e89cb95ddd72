import Support

/// What tells files of results apart that are read together, by their names: splits, `val.csv` beside `test.csv`, or settings,
/// `1shot.csv` beside `5shot.csv`. Without it their results would be taken for runs of one.
enum FileMarks {
    enum Mark: Equatable {
        case split(String)
        case setting(String)
    }

    /// The mark of each file; `nil` for one that no other is told apart from.
    ///
    /// - Parameter names: files' names; `nil` for what is no table of results.
    static func marks(of names: [String?]) -> [Mark?] {
        let parts = names.map { name in name.flatMap { ZooFiles.stem($0) }.flatMap(part) }
        return parts.map { own in
            guard let own else { return nil }
            let isTold = parts.contains { other in
                guard let other else { return false }
                return other.rest == own.rest && other.mark != own.mark && isSplit(other.mark) == isSplit(own.mark)
            }
            return isTold ? own.mark : nil
        }
    }

    private static func isSplit(_ mark: Mark) -> Bool { if case .split = mark { true } else { false } }

    /// The mark in a name, and the words beside it.
    private static func part(_ stem: String) -> (mark: Mark, rest: [String])? {
        let words = MetricKnowledge.words(of: stem)
        for length in [3, 2, 1] where words.count >= length {
            for start in 0...(words.count - length) {
                let name = words[start..<(start + length)].joined(separator: "_")
                var rest = words
                rest.removeSubrange(start..<(start + length))
                if length == 1, MetricKnowledge.splitWords.contains(name) { return (.split(name), rest) }
                if protocols.contains(name) || isShots(name) { return (.setting(name), rest) }
            }
        }
        return nil
    }

    /// `5shot`, `5_shots`, `zero_shot`.
    private static func isShots(_ name: String) -> Bool {
        let count = name.hasSuffix("shots") ? name.dropLast(5) : name.hasSuffix("shot") ? name.dropLast(4) : ""
        let number = count.hasSuffix("_") ? count.dropLast() : count
        return !number.isEmpty
            && (number.allSatisfy { $0.isASCII && $0.isNumber }
                || ["zero", "one", "two", "few", "five", "ten", "k"].contains(number))
    }

    private static let protocols: Set<String> = [
        "linear_probe", "linear_probing", "linearprobe", "linear", "probe", "probing", "linear_eval", "finetune",
        "finetuned", "finetuning", "fine_tune", "fine_tuned", "fine_tuning", "full_finetuning", "full_finetune",
        "full_fine_tuning", "knn", "k_nn", "lora", "frozen", "from_scratch", "scratch",
    ]
}

extension Facts {
    /// Gives measurements from a row on, which name no split or no setting, those that their file's name tells.
    mutating func tell(_ mark: FileMarks.Mark, from first: Int, file: String) {
        guard first < measurements.count else { return }
        switch mark {
        case .split(let split):
            measurements.tell(split: names.intern(split), from: first)
            note(
                .noted, "files together whose names tell splits: test before validation before others",
                example: "\(file): \(split)", at: .init(file: -1))
        case .setting(let setting):
            measurements.tell(config: names.intern(setting), from: first)
            note(
                .noted, "files together whose names tell settings: each of them makes datasets of its own",
                example: "\(file): \(setting)", at: .init(file: -1))
        }
    }
}
