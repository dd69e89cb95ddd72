import Synchronization

/// Room for the large matrices of a training step, kept for the next step: memory that the system has to map and clear
/// anew each time takes longer than what is computed in it.
package final class MatrixRoom: Sendable {
    /// Arrays of any scalar.
    private let free = Mutex<[any Sendable]>([])

    package init() {}

    /// How many arrays nobody uses at present.
    package var spare: Int { free.withLock { $0.count } }

    /// A matrix that holds anything.
    package func matrix<Scalar: BLASScalar>(rows: Int, columns: Int) -> DenseMatrix<Scalar> {
        let count = rows * columns
        guard var values: [Scalar] = array(of: count) else {
            // The next step may ask for a little more.
            var values: [Scalar] = []
            values.reserveCapacity(count + count / 8)
            values.append(contentsOf: repeatElement(0, count: count))
            return DenseMatrix(rows: rows, columns: columns, values: values)
        }
        if values.count > count {
            values.removeLast(values.count - count)
        } else {
            values.append(contentsOf: repeatElement(0, count: count - values.count))
        }
        return DenseMatrix(rows: rows, columns: columns, values: values)
    }

    /// The smallest array that so many numbers fit, and of which they fill three quarters. Where there is none, one that is
    /// a little too small is given back to the system, in the place of which the caller makes one.
    private func array<Scalar: BLASScalar>(of count: Int) -> [Scalar]? {
        free.withLock { free in
            var best: (place: Int, capacity: Int)?
            var small: Int?
            for (place, array) in free.enumerated() {
                guard let capacity = (array as? [Scalar])?.capacity else { continue }
                if capacity >= count && capacity - capacity / 4 <= count && capacity < best?.capacity ?? .max {
                    best = (place, capacity)
                } else if capacity < count && capacity >= count - count / 4 {
                    small = place
                }
            }
            guard let best else {
                if let small { free.remove(at: small) }
                return nil
            }
            return free.remove(at: best.place) as? [Scalar]
        }
    }

    /// Takes a matrix that is not looked at again.
    package func keep<Scalar: BLASScalar>(_ matrix: DenseMatrix<Scalar>) {
        guard matrix.values.count >= Self.least else { return }
        free.withLock { free in
            if free.count == Self.most { free.removeFirst() }
            free.append(matrix.values)
        }
    }

    /// Gives all of it back to the system.
    package func clear() {
        free.withLock { $0 = [] }
    }

    /// A step has ten at a time.
    private static let most = 16
    /// Smaller arrays are as quick to make.
    private static let least = 1 << 15
}
