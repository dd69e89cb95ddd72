import ArgumentParser
import Presentation

/// `%time LINE` and `%%time`
public struct TimeMagic: VerbatimMagic, Sendable {
    public static let configuration = CommandConfiguration(
        commandName: "time", abstract: "Runs a line (or, as %%time, a cell) and tells how long it took.",
        discussion: "%time evaluate --method history")
    public static let places: MagicPlaces = [.line, .cell]

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("The line to run.", valueName: "line"))
    public var words: [String] = []

    public static let wordless = Result { try parse([]) }

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let start = ContinuousClock.now
        let value: (any SessionValue)?
        if let body = invocation.body {
            value = try invocation.runner.run(body, firstLine: invocation.bodyLine, in: invocation.context)
        } else {
            value = try invocation.runner.run(words: words, in: invocation.context)
        }
        invocation.context.write("Wall time: \(Self.text(ContinuousClock.now - start))\n", to: .stdout)
        return MagicResult(value)
    }

    /// A duration in the unit that suits it: `12.3 ms`, `4.56 s`, `2 min 3 s`.
    package static func text(_ duration: Duration) -> String {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        switch seconds {
        case ..<1e-3: return NumberFormat.decimals(0).text(seconds * 1e6) + " µs"
        case ..<1: return NumberFormat.decimals(1).text(seconds * 1e3) + " ms"
        case ..<60: return NumberFormat.decimals(2).text(seconds) + " s"
        default: return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
        }
    }
}
