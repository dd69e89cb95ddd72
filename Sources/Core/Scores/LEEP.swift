import Foundation
import Support

/// Scores of the source task's probabilities: how well its labels tell the target's.
enum LEEP {
    /// The log expected empirical prediction (Nguyen et al., "LEEP: A New Measure to Evaluate Transferability of Learned
    /// Representations", ICML 2020): the mean log of Σ_z p(y|z) θ(x)_z, with p(y|z) from the joint of the target's labels
    /// and the source probabilities θ. At most 0.
    ///
    /// - Parameter probabilities: N × source labels.
    static func value(_ probabilities: Matrix, classes: [Int], classCount: Int, work: Work) throws -> Double {
        let sources = probabilities.columns
        var joint = Matrix(rows: classCount, columns: sources)
        for (row, index) in classes.enumerated() {
            for z in 0..<sources { joint[index, z] += probabilities[row, z] }
        }
        for z in 0..<sources {
            var marginal = 0.0
            for index in 0..<classCount { marginal += joint[index, z] }
            // A source label that no sample gets any probability of says nothing.
            for index in 0..<classCount { joint[index, z] = marginal > 0 ? joint[index, z] / marginal : 0 }
        }
        var sum = 0.0
        for (row, index) in classes.enumerated() {
            if row & 0xFFF == 0 { try work.check() }
            var expected = 0.0
            for z in 0..<sources { expected += probabilities[row, z] * joint[index, z] }
            sum += log(expected)
        }
        return sum / Double(classes.count)
    }

    /// The negative conditional entropy −H(Y|Z) of the target's labels given the source label that is most probable for
    /// each sample (Tran, Nguyen and Hassner, "Transferability and Hardness of Supervised Classification Tasks", ICCV
    /// 2019). At most 0, in nats.
    static func negativeConditionalEntropy(_ probabilities: Matrix, classes: [Int], classCount: Int) -> Double {
        let sources = probabilities.columns
        var counts = Matrix(rows: classCount, columns: sources)
        for (row, index) in classes.enumerated() {
            let values = probabilities.row(row)
            var best = values.startIndex
            for position in values.indices where values[position] > values[best] { best = position }
            counts[index, best - values.startIndex] += 1
        }
        var sum = 0.0
        for z in 0..<sources {
            var marginal = 0.0
            for index in 0..<classCount { marginal += counts[index, z] }
            for index in 0..<classCount where counts[index, z] > 0 {
                sum += counts[index, z] * log(counts[index, z] / marginal)
            }
        }
        return sum / Double(classes.count)
    }
}
