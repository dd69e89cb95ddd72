/// Reads `.eval_results/*.yaml`: benchmark results beside a card, as the hub lists them since 2026.
enum EvaluationResults {
    static func read(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        for entry in root.itemsOrSelf {
            let place = ModelReading.Place(file: file, line: entry.line)
            guard entry.isMapping else {
                reading.note(.leftOut, "evaluation results that are no mappings", reading.model, at: place)
                continue
            }
            var result = ModelReading.Result(written: "", entry: reading.newEntry(), place: place)
            let dataset = entry["dataset"]
            result.dataset = dataset?["id"]?.name ?? dataset?.name
            // Where the task is called as the dataset is, it says nothing more.
            if let task = dataset?["task_id"]?.name, task != result.dataset?.split(separator: "/").last.map(String.init)
            {
                result.config = task
            }
            if let value = entry["value"] {
                result.written = ModelIndex.written(value)
                result.place.line = value.line
            }
            // There is no word on the metric or its scale: 0.412 and 78.8 are both accuracies.
            if let number = WrittenNumber(result.written) { result.scale = number.value > 1 ? .percent : .fraction }
            result.date = entry["date"]?.name
            let address = entry["source"]?["url"]?.name
            result.source = address ?? entry["source"]?["name"]?.name
            if entry["verifyToken"]?.name != nil { result.standing = .verified }
            if let address, let other = otherModel(address, than: reading.model) {
                result.standing = .secondHand
                reading.note(
                    .noted, "results whose source is another model's page", "\(reading.model): \(other)",
                    at: result.place)
            }
            reading.results.append(result)
        }
    }

    /// The model whose page is at the address, where that is not `model`.
    private static func otherModel(_ address: String, than model: String) -> String? {
        let host = "https://huggingface.co/"
        guard address.hasPrefix(host) else { return nil }
        let path = address.dropFirst(host.count).split(separator: "/")
        guard path.count >= 2, !["datasets", "spaces", "papers", "collections", "blog", "docs"].contains(path[0]) else {
            return nil
        }
        let name = path[0] + "/" + path[1].prefix { $0 != "?" && $0 != "#" }
        return name == model ? nil : String(name)
    }
}
