import TransferGraphCore

extension Ties {
    /// That a prediction for a target is the general order of the models; `nil` where it can be more.
    func note(_ target: String) -> String? {
        isTied
            ? nil
            : "Nothing ties \(target.singleLine(limit: 40)) to the zoo's datasets but its name: this is the general order of the models, the same for any such dataset. %dataset add --like, scores (%score) or first results (%result add) make it one for this dataset."
    }
}
