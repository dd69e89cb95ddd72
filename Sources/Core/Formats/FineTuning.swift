/// Which of the runs in a zoo's records count.
public enum FineTuning: String, Sendable, CaseIterable {
    /// All parameters were trained.
    case full
    /// Low-rank adapters were trained (Hu et al., "LoRA", ICLR 2022).
    case lora
}
