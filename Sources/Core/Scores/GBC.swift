import Foundation

/// The Gaussian Bhattacharyya coefficient (Pándy et al., "Transferability Estimation using Bhattacharyya Class
/// Separability", CVPR 2022): minus the sum, over all ordered pairs of classes, of the overlap exp(−D_B) of Gaussians
/// fitted to them. At most 0; 0 is perfect separation.
enum GBC {
    enum Covariance {
        /// One variance for each class: the mean of its columns' variances.
        case spherical
        /// A variance for each class and column.
        case diagonal
    }

    /// No column of a class varies less than this (as in the authors' code), so that constants and classes of one
    /// sample have a Gaussian too.
    static let smallestVariance = 1e-4

    static func value(_ session: ScoreSession, _ covariance: Covariance) throws -> Double {
        let means = try session.moments().classMeans
        let columns = means.columns
        let squares = try RowSource(session.data.features).accumulate(
            classCount: means.rows, classes: session.data.classes, threads: session.threads, work: session.work
        ) { sums, place, values in
            let line = place.class * columns + place.firstColumn
            for column in values.indices {
                let difference = values[column] - means.values[line + column]
                sums[column] += difference * difference
            }
        }
        var variances = squares
        for index in 0..<variances.rows {
            for column in 0..<columns {
                variances[index, column] = max(
                    squares[index, column] / Double(session.classCounts[index]), smallestVariance)
            }
        }
        let fitted = variances
        let work = session.work
        let overlaps = try Parallel.map(Array(0..<means.rows), threads: session.threads, work: work) { first in
            var sum = 0.0
            for second in 0..<means.rows where second != first {
                try work.check()
                sum += exp(-distance(first, second, means, fitted, covariance))
            }
            return sum
        }
        return -overlaps.reduce(0, +)
    }

    private static func distance(
        _ first: Int, _ second: Int, _ means: Matrix, _ variances: Matrix, _ covariance: Covariance
    ) -> Double {
        let (mean1, mean2) = (means.row(first), means.row(second))
        let (variance1, variance2) = (variances.row(first), variances.row(second))
        switch covariance {
        case .spherical:
            let count = Double(means.columns)
            let one = variance1.reduce(0, +) / count
            let other = variance2.reduce(0, +) / count
            var square = 0.0
            for (a, b) in zip(mean1, mean2) { square += (a - b) * (a - b) }
            let average = (one + other) / 2
            // One logarithm for the one variance, whatever the number of columns: as the authors compute it.
            return square / average / 8 + (log(average) - (log(one) + log(other)) / 2) / 2
        case .diagonal:
            var (separation, logarithms) = (0.0, 0.0)
            for column in 0..<means.columns {
                let one = variance1[variance1.startIndex + column]
                let other = variance2[variance2.startIndex + column]
                let difference = mean1[mean1.startIndex + column] - mean2[mean2.startIndex + column]
                let average = (one + other) / 2
                separation += difference * difference / average
                logarithms += log(average * average / (one * other))
            }
            return separation / 8 + logarithms / 4
        }
    }
}
