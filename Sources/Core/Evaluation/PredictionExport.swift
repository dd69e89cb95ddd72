import Support

/// Writes predictions as comma-separated text.
public enum PredictionExport {
    /// The header `method,target,model,predicted,actual` and a row for each model of each prediction, numbers with all
    /// their digits, fields empty where something is not known. Both numbers are in the target's own direction: where lower
    /// is better, a prediction is turned round, so that the correlation of the columns is the table's.
    public static func csv(_ predictions: [Prediction], zoo: Zoo) -> String {
        csv(predictions.map { ($0, Array($0.values.indices)) }, zoo: zoo)
    }

    /// The same with some of each prediction's models.
    static func csv(_ predictions: [(prediction: Prediction, models: [Int])], zoo: Zoo) -> String {
        var text = "method,target,model,predicted,actual\n"
        for (prediction, models) in predictions {
            let target = CSV.field(zoo.datasets[prediction.target].name)
            for model in models {
                let actual = zoo.result(model, on: prediction.target)
                let value = prediction.values[model].map { zoo.turned($0, on: prediction.target) }
                text += "\(CSV.field(prediction.method)),\(target),\(CSV.field(zoo.models[model].name)),"
                text += "\(CSV.field(value)),\(CSV.field(actual))\n"
            }
        }
        return text
    }
}
