/// Writes predictions as comma-separated text.
public enum PredictionExport {
    /// The header `method,target,model,predicted,actual` and a row for each model of each prediction, numbers with all
    /// their digits, fields empty where something is not known.
    public static func csv(_ predictions: [Prediction], zoo: Zoo) -> String {
        var text = "method,target,model,predicted,actual\n"
        for prediction in predictions {
            let target = quoted(zoo.datasets[prediction.target].name)
            for (model, value) in prediction.values.enumerated() {
                let actual = zoo.results[model: model, dataset: prediction.target]
                text += "\(quoted(prediction.method)),\(target),\(quoted(zoo.models[model].name)),"
                text += "\(value.map { "\($0)" } ?? ""),\(actual.map { "\($0)" } ?? "")\n"
            }
        }
        return text
    }

    /// The field as RFC 4180 wants it.
    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
