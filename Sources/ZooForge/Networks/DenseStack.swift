/// Dense layers with tanh, one after another: `depth` of them, all of the same width.
struct DenseStack<Number: Real> {
    private let layers: [Dense<Number>]
    private let outputs: [Buffer<Number>]
    private let slopes: [Buffer<Number>]

    init(inputs: Int, width: Int, depth: Int, batch: Int, in layout: inout ParameterLayout) {
        var layers: [Dense<Number>] = []
        for level in 0..<depth {
            layers.append(
                Dense(inputs: level == 0 ? inputs : width, outputs: width, activation: .tanh, in: &layout))
        }
        self.layers = layers
        outputs = (0..<depth).map { _ in Buffer(count: batch * width) }
        slopes = (0..<max(0, depth - 1)).map { _ in Buffer(count: batch * width) }
    }

    /// Returns the last layer's output, `rows × width`, valid until the next call.
    func forward(_ parameters: Buffer<Number>, _ x: UnsafePointer<Number>, rows: Int) -> UnsafeMutablePointer<Number> {
        var input = x
        for (layer, output) in zip(layers, outputs) {
            layer.forward(parameters, input, rows: rows, into: output.base)
            input = UnsafePointer(output.base)
        }
        return outputs[outputs.count - 1].base
    }

    /// `dy` is used up; `dx` is set.
    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, x: UnsafePointer<Number>, rows: Int,
        dy: UnsafeMutablePointer<Number>, dx: UnsafeMutablePointer<Number>
    ) {
        var slope = dy
        for level in layers.indices.reversed() {
            let below = level == 0 ? dx : slopes[level - 1].base
            layers[level].backward(
                parameters, gradients, x: level == 0 ? x : UnsafePointer(outputs[level - 1].base),
                y: outputs[level].base, rows: rows, dy: slope, dx: below)
            slope = below
        }
    }
}
