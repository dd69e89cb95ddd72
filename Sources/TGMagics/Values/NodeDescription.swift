import JupyterKernel
import Presentation
import TransferGraphCore

/// What is known of one model or dataset, for Shift-Tab and `NAME?`.
enum NodeDescription {
    static func dataset(_ index: Int, in zoo: Zoo, detail: Int) -> Table {
        let dataset = zoo.datasets[index]
        var facts: [(String, Table.Cell)] = []
        if let size = dataset.size { facts.append(("training samples", count(size))) }
        if let classes = dataset.classes { facts.append(("classes", count(classes))) }
        let column = zoo.results.column(index)
        facts.append(("fine-tuning results", .integer(column.count)))
        if let best = column.max(by: { zoo.results.values[$0] < zoo.results.values[$1] }) {
            let name = zoo.models[Int(zoo.results.models[best])].name
            facts.append(
                (
                    "best result",
                    .text("\(NumberFormat.figures.text(zoo.turned(zoo.results.values[best], on: index))) by \(name)")
                ))
            facts.append(("metric", .text("\(dataset.metric.phrase) (\(dataset.metric.sourcePhrase))")))
        }
        if !dataset.carriesSignal { facts.append(("signal", .text("none: its results do not distinguish models"))) }
        if !dataset.aliases.isEmpty { facts.append(("also called", .text(dataset.aliases.joined(separator: ", ")))) }
        let own = zoo.models.count { $0.pretrainingDatasets.contains(index) }
        if own > 0 { facts.append(("models pre-trained on it", .integer(own))) }
        if let distances = zoo.distances {
            let near = (0..<distances.count).filter { $0 != index && distances[index, $0] != nil }
                .sorted { (distances[index, $0] ?? 0) < (distances[index, $1] ?? 0) }.prefix(detail > 0 ? 10 : 3)
            if !near.isEmpty {
                facts.append(("nearest datasets", .text(near.map { zoo.datasets[$0].name }.joined(separator: ", "))))
            }
        }
        if detail > 0 { facts += dataset.other.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) } }
        return table("Dataset \(dataset.name)", facts)
    }

    /// A count that is kept as a number of any kind.
    private static func count(_ value: Double) -> Table.Cell {
        Int(exactly: value).map(Table.Cell.integer) ?? .number(value)
    }

    static func model(_ index: Int, in zoo: Zoo, detail: Int) -> Table {
        let model = zoo.models[index]
        var facts: [(String, Table.Cell)] = []
        func add(_ name: String, _ text: String?) { if let text { facts.append((name, .text(text))) } }
        func add(_ name: String, _ value: Double?) { if let value { facts.append((name, .number(value))) } }
        add("family", model.family)
        add("architecture", model.architecture)
        add("parameters", model.parameters.map(NumberFormat.compact.text))
        add("input size", model.inputSize)
        add(
            "pre-trained on",
            model.pretrainingDatasets.isEmpty
                ? nil : model.pretrainingDatasets.map { zoo.datasets[$0].name }.joined(separator: ", "))
        add("pre-training accuracy", model.pretrainingAccuracy)
        let results = zoo.datasets.indices.compactMap { dataset in
            zoo.result(index, on: dataset).map { (zoo.datasets[dataset].name, $0) }
        }
        facts.append(("fine-tuning results", .integer(results.count)))
        let parents = zoo.lineage.filter { $0.child == index }.map { zoo.models[$0.parent].name }
        if !parents.isEmpty { add("trained on from", parents.joined(separator: ", ")) }
        if detail > 0 {
            facts += results.map { ("result on \($0.0)", .number($0.1)) }
            facts += model.other.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }
        }
        return table("Model \(model.name)", facts)
    }

    private static func table(_ title: String, _ facts: [(String, Table.Cell)]) -> Table {
        Table(
            title: title, columns: [.init("what"), .init("value", format: .figures)],
            rows: facts.map { [.text($0.0), $0.1] })
    }
}
