import TransferGraphCore

extension Ties {
    /// That a target's prediction is only the general order of the models; `nil` if it can be more.
    func note(_ target: String) -> String? {
        isTied
            ? nil
            : "Nothing ties \(target.singleLine(limit: 40)) to the zoo's datasets but its name: this is the general order of the models, the same for any such dataset. %dataset add --like, scores (%score) or first results (%result add) make it one for this dataset."
    }
}
