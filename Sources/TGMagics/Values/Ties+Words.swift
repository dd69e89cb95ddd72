import TransferGraphCore

extension Ties {
    /// That a target's prediction is only the general order of the models, or not even that; `nil` if it can be more.
    func note(_ target: String) -> String? {
        guard tellsModelsApart else {
            return
                "No other dataset's results tell the models apart: the order is the one in which the zoo names them, and says nothing."
        }
        return isTied
            ? nil
            : "Nothing ties \(target.singleLine(limit: 40)) to the zoo's datasets but its name: this is the general order of the models, the same for any such dataset. %dataset add --like, scores (%score) or first results (%result add) make it one for this dataset."
    }
}
