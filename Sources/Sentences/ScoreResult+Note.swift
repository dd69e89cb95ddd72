import Support
import TransferGraphCore

extension ScoreResult {
    /// Why there is no value, or that it is a sample's; `nil` if nothing needs saying.
    public var note: String? {
        if let failure { return UserError(failure).message }
        return sample.map { "on a sample of \($0.rows) of \($0.all) rows" }
    }
}
