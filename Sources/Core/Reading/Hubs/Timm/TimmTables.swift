import Support

/// Tells what timm's tables say.
enum TimmTables {
    /// `results-SET.csv`: a row for each model and image size.
    ///
    /// - Throws: ``DocumentError`` where a column that is needed is missing.
    static func readResults(
        _ table: HubTable, of name: String, file: Int32, models: inout Set<String>, into facts: inout Facts
    ) throws(DocumentError) {
        guard let model = table.column("model"), let top1 = table.column("top1") else {
            throw DocumentError(line: 1, problem: "it has no columns model and top1")
        }
        let dataset = String(name.dropFirst("results-".count).dropLast(".csv".count))
        let size = table.column("img_size")
        let metrics = [("top1", top1), ("top5", table.column("top5") ?? -1)].filter { $0.1 >= 0 }
        // All but a few lists are in percent.
        let areFractions = metrics.map { _, column in
            HubErrors.fractions(table.rows.compactMap { table.text($0, column).flatMap { number($0)?.value } })
        }
        for row in table.rows {
            let place = Facts.Place(file: file, line: row.line)
            if table.isTooLong(row) {
                facts.note(
                    .leftOut, "rows with more fields than their header", example: row.fields.joined(separator: ","),
                    at: place)
                continue
            }
            guard let modelName = table.text(row, model) else {
                facts.note(.leftOut, "rows without a model", at: place)
                continue
            }
            if models.insert(modelName).inserted { describe(modelName, table, row, at: place, to: &facts) }
            let pixels = table.text(row, size).flatMap { WrittenNumber($0)?.value }
            let provenance = Provenance(
                standing: .measured,
                setting: pixels.map { facts.names.intern("img_size=\(WrittenNumber.shortest($0))") } ?? .none,
                // The larger image is the model at its best.
                preference: pixels ?? 0)
            let entry = facts.newEntry()
            for ((metric, column), mayBeFraction) in zip(metrics, areFractions) {
                let written = table.text(row, column) ?? ""
                let isFraction =
                    number(written).map { $0.value <= 1 && (isWholeOne($0.value, metric, table, row) ?? mayBeFraction) }
                    ?? false
                facts.add(
                    model: modelName, dataset: dataset, metric: metric, written: written,
                    scale: isFraction ? .fraction : .percent, higherIsBetter: true, entry: entry,
                    provenance: provenance, at: place)
            }
        }
    }

    /// Whether an accuracy and the error beside it are 1 together; `nil` where they are neither 1 nor 100.
    private static func isWholeOne(
        _ accuracy: Double, _ metric: String, _ table: HubTable, _ row: HubTable.Row
    ) -> Bool? {
        guard let error = table.column("\(metric)_err").flatMap({ table.text(row, $0) }).flatMap(number)?.value else {
            return nil
        }
        let whole = accuracy + error
        return abs(whole - 1) < 0.01 ? true : abs(whole - 100) < 1 ? false : nil
    }

    private static func number(_ text: String) -> WrittenNumber? {
        WrittenNumber(text, comma: .decimal)
    }

    private static func describe(
        _ model: String, _ table: HubTable, _ row: HubTable.Row, at place: Facts.Place, to facts: inout Facts
    ) {
        let tag = TimmName(model)
        facts.describe(model: model, "architecture", .category(tag.architecture), at: place)
        if !tag.pretraining.isEmpty {
            facts.describe(model: model, "pretraining_dataset", .set(tag.pretraining), at: place)
        }
        if let tag = tag.tag { facts.describe(model: model, "tag", .category(tag), at: place) }
        // In millions, `"1,014.45"` among them.
        if let count = table.text(row, table.column("param_count")),
            let millions = WrittenNumber(count, comma: .thousands)
        {
            facts.describe(model: model, "parameters", .number((millions.value * 1e6).rounded()), at: place)
        }
        for column in ["img_size", "crop_pct"] {
            if let text = table.text(row, table.column(column)), let number = WrittenNumber(text) {
                facts.describe(
                    model: model, column == "img_size" ? "input_size" : column, .number(number.value), at: place)
            }
        }
        if let text = table.text(row, table.column("interpolation")) {
            facts.describe(model: model, "interpolation", .category(text), at: place)
        }
    }

    /// `benchmark-*.csv`: how fast a model is, no results.
    static func readSpeeds(_ table: HubTable, file: Int32, models: Set<String>, into facts: inout Facts) {
        guard let model = table.column("model") else { return }
        let columns = table.header.indices.filter {
            table.header[$0].hasPrefix("infer_") || table.header[$0].hasPrefix("train_")
        }
        // Speed is the architecture's, whatever the weights: most tables name that alone.
        let byArchitecture = Dictionary(grouping: models.sorted()) { TimmName($0).architecture }
        var described: Set<String> = []
        for row in table.rows {
            let place = Facts.Place(file: file, line: row.line)
            guard let name = table.text(row, model) else { continue }
            let fitting = models.contains(name) ? [name] : byArchitecture[name] ?? []
            if fitting.isEmpty { facts.note(.leftOut, "speeds of models without results", example: name, at: place) }
            // Further rows of a model are other image sizes.
            for fitting in fitting where described.insert(fitting).inserted {
                for column in columns {
                    guard let text = table.text(row, column), let number = WrittenNumber(text, comma: .thousands)
                    else { continue }
                    facts.describe(model: fitting, table.header[column], .number(number.value), at: place)
                }
            }
        }
    }

    /// `model_metadata-*.csv`: `model,pretrain`, with the names of before 2023.
    static func readMetadata(_ table: HubTable, file: Int32, models: Set<String>, into facts: inout Facts) {
        guard let model = table.column("model") else { return }
        for row in table.rows {
            let place = Facts.Place(file: file, line: row.line)
            guard let name = table.text(row, model) else { continue }
            guard models.contains(name) else {
                facts.note(
                    .leftOut, "metadata of names that no results table has (models were given another name in 2023)",
                    example: name, at: place)
                continue
            }
            for (column, title) in table.header.enumerated() where column != model {
                guard let text = table.text(row, column) else { continue }
                facts.describe(model: name, title, .category(text), at: place)
            }
        }
    }

    /// What the package itself says of its pre-trained models: `{MODEL: {architecture, license, input_size, …}}`.
    static func readModels(_ root: DataNode, file: Int32, into facts: inout Facts) {
        for (model, value) in root.pairs where value.isMapping {
            func place(_ node: DataNode) -> Facts.Place { Facts.Place(file: file, line: node.line) }
            facts.mention(model: model, at: place(value))
            for (key, attribute) in [
                ("architecture", "architecture"), ("tag", "tag"), ("license", "license"), ("hf_hub_id", "hub_model"),
                ("interpolation", "interpolation"),
            ] {
                if let node = value.pairs.first(where: { $0.key == key })?.value, let name = node.name {
                    facts.describe(model: model, attribute, .category(name), at: place(node))
                }
            }
            func number(_ attribute: String, _ node: DataNode?) {
                guard let node, let number = node.text.flatMap({ WrittenNumber($0) })?.value else { return }
                facts.describe(model: model, attribute, .number(number), at: place(node))
            }
            // Channels, height, width.
            number("input_size", value["input_size"]?.items.last)
            number("labels", value["num_classes"])
            number("crop_pct", value["crop_pct"])
            let pretraining = TimmName(model).pretraining
            if !pretraining.isEmpty {
                facts.describe(model: model, "pretraining_dataset", .set(pretraining), at: place(value))
            }
        }
    }
}
