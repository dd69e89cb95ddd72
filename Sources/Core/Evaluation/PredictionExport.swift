import Support

/// Writes predictions as comma-separated text.
public enum PredictionExport {
    /// The header `method,target,model,predicted,actual` and a row for each model of each prediction, numbers with all
    /// their digits, fields empty where something is not known. Both numbers are in the target's own direction: where lower
    /// is better, a prediction is turned round, so that the correlation of the columns is the table's.
    ///
    /// Where there are several seeds or folds, a column `seed` or `fold` follows.
    public static func csv(_ predictions: [Prediction], zoo: Zoo) -> String {
        csv(predictions.map { Part(prediction: $0, models: Array($0.values.indices)) }, zoo: zoo)
    }

    /// Some of a prediction's models, with what tells it from others of the same method and target.
    struct Part {
        let prediction: Prediction
        let models: [Int]
        var seed: UInt64?
        var fold: Int?
    }

    static func csv(_ parts: [Part], zoo: Zoo) -> String {
        var text = "method,target,model,predicted,actual"
        if parts.contains(where: { $0.seed != nil }) { text += ",seed" }
        if parts.contains(where: { $0.fold != nil }) { text += ",fold" }
        text += "\n"
        for part in parts {
            let prediction = part.prediction
            let target = CSV.field(zoo.datasets[prediction.target].name)
            let end = (part.seed.map { ",\($0)" } ?? "") + (part.fold.map { ",\($0)" } ?? "") + "\n"
            for model in part.models {
                let actual = zoo.result(model, on: prediction.target)
                let value = prediction.values[model].map { zoo.turned($0, on: prediction.target) }
                text += "\(CSV.field(prediction.method)),\(target),\(CSV.field(zoo.models[model].name)),"
                text += "\(CSV.field(value)),\(CSV.field(actual))" + end
            }
        }
        return text
    }
}
