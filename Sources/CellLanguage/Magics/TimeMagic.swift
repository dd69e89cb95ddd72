import ArgumentParser
import Presentation
import Support

/// `%time LINE` and `%%time`
public struct TimeMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "time", abstract: "Runs a line (or, as %%time, a cell) and tells how long it took.",
        discussion: "%time x = 5")
    public static let places: MagicPlaces = [.line, .cell]
    public static let takesStatement = true

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("The line to run.", valueName: "line"))
    public var line: [String] = []

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let (runner, context) = (invocation.runner, invocation.context)
        let start = ContinuousClock.now
        let value: (any SessionValue)?
        if let statement = invocation.statement {
            value = try runner.run(statement, in: context)
        } else if let body = invocation.body {
            value = try runner.run(body, firstLine: invocation.bodyLine, in: context)
        } else {
            if ["-h", "--help"].contains(line.first) { throw CleanExit.helpRequest(self) }
            throw UserError("UsageError", "%time: there is no line to run.", hint: "Add one: %time who.")
        }
        context.write("Wall time: \(Self.text(ContinuousClock.now - start))\n", to: .stdout)
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
