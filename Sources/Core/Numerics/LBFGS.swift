import Support

/// Minimises a smooth function by limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2006, algorithm
/// 7.5) with a bisecting line search for the weak Wolfe conditions (Lewis and Overton, Mathematical Programming 2013).
package enum LBFGS {
    package struct Optimum {
        package let point: [Double]
        package let value: Double
        package let iterations: Int
    }

    /// - Parameters:
    ///   - start: given back at once where the function has no value there.
    ///   - memory: how many of the last steps shape the next.
    ///   - tolerance: it has arrived when no component of the gradient is larger.
    ///   - longestStep: no component changes by more in one iteration.
    ///   - function: the value and the gradient at a point; a value that is not finite where the function has none.
    /// - Throws: `Cancelled`, and what the function throws.
    package static func minimise(
        from start: [Double], memory: Int = 10, tolerance: Double = 1e-7, iterations limit: Int = 1000,
        longestStep: Double = .infinity, work: Work, _ function: ([Double]) throws -> (Double, [Double])
    ) throws -> Optimum {
        var point = start
        var (value, gradient) = try function(point)
        var history: [(step: [Double], change: [Double], scale: Double)] = []
        var iterations = 0
        while value.isFinite && iterations < limit && gradient.contains(where: { abs($0) > tolerance }) {
            try work.check()
            let direction = direction(gradient, history)
            let slope = dot(gradient, direction)
            guard slope < 0 else {
                if history.isEmpty { break }
                history = []
                continue
            }
            let first = history.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
            let longest = longestStep / (direction.map { abs($0) }.max() ?? 1)
            guard
                let found = try search(
                    along: direction, from: point, value: value, slope: slope, lengths: (min(first, longest), longest),
                    work: work, function)
            else { break }
            let step = zip(found.point, point).map { $0 - $1 }
            let change = zip(found.gradient, gradient).map { $0 - $1 }
            let curvature = dot(step, change)
            if curvature > 0 {
                history.append((step, change, 1 / curvature))
                if history.count > memory { history.removeFirst() }
            }
            (point, value, gradient) = (found.point, found.value, found.gradient)
            iterations += 1
        }
        return Optimum(point: point, value: value, iterations: iterations)
    }

    /// Minus the gradient times the approximate inverse Hessian (the two-loop recursion).
    private static func direction(
        _ gradient: [Double], _ history: [(step: [Double], change: [Double], scale: Double)]
    ) -> [Double] {
        var result = gradient.map { -$0 }
        var factors: [Double] = []
        for item in history.reversed() {
            let factor = item.scale * dot(item.step, result)
            for index in result.indices { result[index] -= factor * item.change[index] }
            factors.append(factor)
        }
        if let last = history.last {
            let scale = 1 / (last.scale * dot(last.change, last.change))
            for index in result.indices { result[index] *= scale }
        }
        for (item, factor) in zip(history, factors.reversed()) {
            let correction = factor - item.scale * dot(item.change, result)
            for index in result.indices { result[index] += correction * item.step[index] }
        }
        return result
    }

    private struct Found {
        let point: [Double]
        let value: Double
        let gradient: [Double]
    }

    /// The first length that lowers the value enough and flattens the slope enough; `nil` once lengths are down to
    /// rounding.
    private static func search(
        along direction: [Double], from point: [Double], value: Double, slope: Double,
        lengths: (first: Double, longest: Double), work: Work, _ function: ([Double]) throws -> (Double, [Double])
    ) throws -> Found? {
        var (shortest, longest) = (0.0, Double.infinity)
        var length = lengths.first
        for _ in 0..<50 {
            try work.check()
            let candidate = zip(point, direction).map { $0 + length * $1 }
            let (reached, gradient) = try function(candidate)
            if !(reached <= value + 1e-4 * length * slope) {
                longest = length
            } else if length < lengths.longest && dot(gradient, direction) < 0.9 * slope {
                shortest = length
            } else {
                return Found(point: candidate, value: reached, gradient: gradient)
            }
            length = longest.isFinite ? (shortest + longest) / 2 : min(2 * length, lengths.longest)
        }
        return nil
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
