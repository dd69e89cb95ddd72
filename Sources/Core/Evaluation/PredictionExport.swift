import Support

/// Writes predictions as comma-separated text.
public enum PredictionExport {
    /// The header `method,target,model,predicted,actual` and a row for each model of each prediction, numbers with all
    /// their digits, fields empty where something is not known.
    public static func csv(_ predictions: [Prediction], zoo: Zoo) -> String {
        var text = "method,target,model,predicted,actual\n"
        for prediction in predictions {
            let target = CSV.field(zoo.datasets[prediction.target].name)
            for (model, value) in prediction.values.enumerated() {
                let actual = zoo.results[model: model, dataset: prediction.target]
                text += "\(CSV.field(prediction.method)),\(target),\(CSV.field(zoo.models[model].name)),"
                text += "\(CSV.field(value)),\(CSV.field(actual))\n"
            }
        }
        return text
    }
}
