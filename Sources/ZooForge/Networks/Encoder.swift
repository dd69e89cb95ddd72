/// The part of a network that turns words into features, one case a family.
enum Encoder<Number: Real> {
    case bag(BagEncoder<Number>)
    case ends(EndsEncoder<Number>)
    case cnn(ConvolutionEncoder<Number>)
    case gru(RecurrentEncoder<Number>)
    case attention(AttentionEncoder<Number>)

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        switch architecture.family {
        case .bag: self = .bag(BagEncoder(architecture, batch: batch, in: &layout))
        case .ends: self = .ends(EndsEncoder(architecture, batch: batch, in: &layout))
        case .cnn: self = .cnn(ConvolutionEncoder(architecture, batch: batch, in: &layout))
        case .gru: self = .gru(RecurrentEncoder(architecture, batch: batch, in: &layout))
        case .attention: self = .attention(AttentionEncoder(architecture, batch: batch, in: &layout))
        }
    }

    /// The features, `batch.count × width`, valid until the next call.
    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        switch self {
        case .bag(let encoder): encoder.forward(parameters, batch)
        case .ends(let encoder): encoder.forward(parameters, batch)
        case .cnn(let encoder): encoder.forward(parameters, batch)
        case .gru(let encoder): encoder.forward(parameters, batch)
        case .attention(let encoder): encoder.forward(parameters, batch)
        }
    }

    /// Adds to the gradients; `dy`, the loss's derivative by the features, is used up.
    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        switch self {
        case .bag(let encoder): encoder.backward(parameters, gradients, batch, dy: dy)
        case .ends(let encoder): encoder.backward(parameters, gradients, batch, dy: dy)
        case .cnn(let encoder): encoder.backward(parameters, gradients, batch, dy: dy)
        case .gru(let encoder): encoder.backward(parameters, gradients, batch, dy: dy)
        case .attention(let encoder): encoder.backward(parameters, gradients, batch, dy: dy)
        }
    }
}
