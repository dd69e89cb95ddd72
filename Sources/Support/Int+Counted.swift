extension Int {
    /// The number with a noun that takes an s in the plural: `1 model`, `1,266 models`.
    package func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
