/// What a dense layer does to its sums.
enum Activation {
    case none
    case tanh
    case relu
}

/// y = f(x W + b), row by row; W is `inputs × outputs`.
struct Dense<Number: Real> {
    let inputs: Int
    let outputs: Int
    let activation: Activation
    private let weights: Int
    private let offsets: Int

    init(inputs: Int, outputs: Int, activation: Activation, in layout: inout ParameterLayout) {
        self.inputs = inputs
        self.outputs = outputs
        self.activation = activation
        weights = layout.matrix(inputs: inputs, outputs: outputs)
        offsets = layout.offsets(outputs)
    }

    /// `x` is `rows × inputs`, `y` is `rows × outputs`.
    func forward(
        _ parameters: Buffer<Number>, _ x: UnsafePointer<Number>, rows: Int, into y: UnsafeMutablePointer<Number>
    ) {
        let bias = parameters.base + offsets
        for row in 0..<rows {
            (y + row * outputs).update(from: bias, count: outputs)
        }
        Number.gemm(
            m: rows, n: outputs, k: inputs, alpha: 1, x, lda: inputs, transposeA: false, parameters.base + weights,
            ldb: outputs, transposeB: false, beta: 1, into: y, ldc: outputs)
        switch activation {
        case .none: break
        case .tanh: for index in 0..<rows * outputs { y[index] = Number.hyperbolicTangent(y[index]) }
        case .relu: for index in 0..<rows * outputs { y[index] = y[index] > 0 ? y[index] : 0 }
        }
    }

    /// Adds to the gradients; `dy` holds the loss's derivative by `y` and is used up; `dx`, where wanted, is set.
    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, x: UnsafePointer<Number>,
        y: UnsafePointer<Number>, rows: Int, dy: UnsafeMutablePointer<Number>, dx: UnsafeMutablePointer<Number>?
    ) {
        switch activation {
        case .none: break
        case .tanh: for index in 0..<rows * outputs { dy[index] *= 1 - y[index] * y[index] }
        case .relu: for index in 0..<rows * outputs { dy[index] = y[index] > 0 ? dy[index] : 0 }
        }
        let bias = gradients.base + offsets
        for row in 0..<rows {
            let from = dy + row * outputs
            for column in 0..<outputs { bias[column] += from[column] }
        }
        Number.gemm(
            m: inputs, n: outputs, k: rows, alpha: 1, x, lda: inputs, transposeA: true, dy, ldb: outputs,
            transposeB: false, beta: 1, into: gradients.base + weights, ldc: outputs)
        if let dx { slope(parameters, dy: dy, rows: rows, into: dx) }
    }

    /// The slope of the input alone, for a layer without activation: dx = dy Wᵀ.
    func slope(
        _ parameters: Buffer<Number>, dy: UnsafePointer<Number>, rows: Int, into dx: UnsafeMutablePointer<Number>
    ) {
        Number.gemm(
            m: rows, n: inputs, k: outputs, alpha: 1, dy, lda: outputs, transposeA: false, parameters.base + weights,
            ldb: outputs, transposeB: true, beta: 0, into: dx, ldc: inputs)
    }
}
