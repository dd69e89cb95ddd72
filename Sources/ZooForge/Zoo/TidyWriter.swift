import Foundation
import TransferGraphCore

/// Writes a measured zoo in the tidy format. The same zoo gives the same bytes.
public enum TidyWriter {
    /// The names of the files, in the order they are written.
    public static let files = [
        "records.csv", "models.csv", "datasets.csv", "scores.csv", "similarity.csv", "lineage.csv", "noise.csv",
        "embeddings.npy", "embeddings.txt",
    ]

    /// - Throws: ``ForgeError`` where a file cannot be written.
    public static func write(_ zoo: MadeZoo, to directory: URL) throws(ForgeError) {
        let contents: [(String, Data)] = [
            ("records.csv", records(zoo)), ("models.csv", models(zoo)), ("datasets.csv", datasets(zoo)),
            ("scores.csv", scores(zoo)), ("similarity.csv", similarity(zoo)), ("lineage.csv", lineage(zoo)),
            ("noise.csv", noise(zoo)), ("embeddings.npy", embeddings(zoo)),
            ("embeddings.txt", Data(zoo.tasks.map { $0.definition.name + "\n" }.joined().utf8)),
        ]
        try ForgeFolder.write(contents, .zoo, to: directory)
    }

    private static func table(_ header: String, _ rows: [[String]]) -> Data {
        Data((header + "\n" + rows.map { CSV.row($0) }.joined()).utf8)
    }

    /// Six significant digits: more than the runs' noise leaves meaningful, few enough to hide a processor's last bits.
    private static func number(_ value: Double) -> String {
        value.isFinite ? String(format: "%.6g", value) : ""
    }

    private static func records(_ zoo: MadeZoo) -> Data {
        table("model,dataset,score", zoo.records.map { [$0.model, $0.target, number($0.accuracy)] })
    }

    private static func noise(_ zoo: MadeZoo) -> Data {
        table("model,dataset,seed,score", zoo.noise.map { [$0.model, $0.target, "\($0.seed)", number($0.accuracy)] })
    }

    private static func scores(_ zoo: MadeZoo) -> Data {
        table("model,dataset,method,value", zoo.scores.map { [$0.model, $0.target, $0.method, number($0.value)] })
    }

    private static func lineage(_ zoo: MadeZoo) -> Data {
        table("model,parent", zoo.models.compactMap { model in model.plan.parent.map { [model.plan.name, $0] } })
    }

    private static func models(_ zoo: MadeZoo) -> Data {
        table(
            "model,architecture,family,parameters,input_size,output_size,memory,labels,dataset,accuracy,loss,steps,"
                + "batch,learning_rate,embedding,width,depth,seed,condition",
            zoo.models.map { model in
                let plan = model.plan
                let shape = plan.architecture
                return [
                    plan.name, shape.name, shape.family.rawValue, "\(model.parameters)", "\(Alphabet.positions)",
                    "\(shape.width)", "\(4 * model.parameters)", "\(model.classes)", plan.source,
                    number(model.accuracy), number(model.loss), "\(plan.recipe.steps)", "\(plan.recipe.batch)",
                    number(plan.recipe.learningRate), "\(shape.embedding)", "\(shape.width)", "\(shape.depth)",
                    "\(plan.seed)", plan.condition.rawValue,
                ]
            })
    }

    private static func datasets(_ zoo: MadeZoo) -> Data {
        table(
            "dataset,size,classes,metric,test_size,role,question,lists",
            zoo.tasks.map { task in
                [
                    task.definition.name, "\(task.trainingWords)", "\(task.classes)", "accuracy", "\(task.testWords)",
                    task.definition.role.rawValue, task.definition.question,
                    task.definition.lists.joined(separator: " "),
                ]
            })
    }

    private static func similarity(_ zoo: MadeZoo) -> Data {
        var rows: [[String]] = []
        for (index, first) in zoo.tasks.enumerated() {
            for second in zoo.tasks[(index + 1)...] {
                var sum = 0.0
                for (a, b) in zip(first.embedding, second.embedding) {
                    sum += (Double(a) - Double(b)) * (Double(a) - Double(b))
                }
                rows.append([first.definition.name, second.definition.name, number(sum.squareRoot())])
            }
        }
        return table("dataset_a,dataset_b,distance", rows)
    }

    /// NumPy's format, version 1.0: float32, a row for each line of `embeddings.txt`.
    private static func embeddings(_ zoo: MadeZoo) -> Data {
        let columns = zoo.tasks.first?.embedding.count ?? 0
        var data = NumPyWriter.head("<f4", [zoo.tasks.count, columns])
        for task in zoo.tasks {
            for value in task.embedding {
                // Rounded to twelve bits of significand, so that another processor's last bits do not show.
                let rounded = Float(bitPattern: (value.bitPattern &+ 0x400) & ~0x7FF)
                withUnsafeBytes(of: rounded.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        }
        return data
    }
}
