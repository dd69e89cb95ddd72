import JupyterKernel
import Synchronization

/// One bar below the cell that shows the progress of long work, updated in place and removed at the end.
///
/// It appears only after a moment, and is redrawn at most ten times a second, however often the work reports.
/// Thread-safe.
package final class ProgressBar: Sendable {
    private struct State {
        var id: String?
        var lastDrawn: ContinuousClock.Instant
        var isFinished = false
        var fraction = 0.0
    }

    private let title: String
    private let context: any ExecutionContext
    private let state: Mutex<State>
    private let started: ContinuousClock.Instant
    private static let delay = Duration.milliseconds(250)
    private static let interval = Duration.milliseconds(100)

    package init(title: String, in context: any ExecutionContext) {
        self.title = title
        self.context = context
        started = .now
        state = Mutex(State(lastDrawn: .now))
    }

    /// Shows that `fraction` of the work is done, and what is being done.
    package func report(_ stage: String, _ fraction: Double) {
        let now = ContinuousClock.now
        guard now - started >= Self.delay else { return }
        state.withLock { state in
            if state.isFinished { return }
            if state.id != nil, now - state.lastDrawn < Self.interval { return }
            state.lastDrawn = now
            // Concurrent parts of the work may report out of order; a bar never goes back.
            state.fraction = max(state.fraction, min(max(fraction.isNaN ? 0 : fraction, 0), 1))
            let picture = Self.picture(stage.isEmpty ? title : stage, state.fraction, elapsed: now - started)
            if let id = state.id {
                context.update(picture, id: id)
            } else {
                let id = "progress-\(UInt64.random(in: .min ... .max))"
                state.id = id
                context.display(picture, id: id)
            }
        }
    }

    /// Removes the bar.
    package func finish() {
        state.withLock { state in
            if let id = state.id, !state.isFinished {
                context.update(DisplayData(data: ["text/plain": "", "text/html": ""]), id: id)
            }
            state.isFinished = true
        }
    }

    /// The time left at the present rate; `nil` while that says nothing.
    private static func timeLeft(_ fraction: Double, elapsed: Duration) -> String? {
        let seconds = elapsed / .seconds(1)
        guard seconds >= 2, fraction > 0.003, fraction < 1 else { return nil }
        return DurationText.about(seconds * (1 - fraction) / fraction)
    }

    /// The bar at `fraction`, as HTML and as text.
    package static func picture(_ stage: String, _ fraction: Double, elapsed: Duration) -> DisplayData {
        let percent = Int((fraction * 100).rounded(.down))
        let filled = Int((fraction * 30).rounded(.down))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let stage = stage.singleLine(limit: 80)
        var seconds = "\(elapsed.components.seconds) s"
        if let left = timeLeft(fraction, elapsed: elapsed) { seconds += ", about \(left) left" }
        let html = """
            <div style="display:flex;align-items:center;gap:10px;font-family:sans-serif;font-size:13px">\
            <div style="width:260px;height:8px;border-radius:4px;background:rgba(128,128,128,0.3)">\
            <div style="width:\(percent)%;height:8px;border-radius:4px;background:#2f7fd1"></div></div>\
            <span>\(percent)&nbsp;%</span><span>\(stage.htmlEscaped)</span>\
            <span style="opacity:0.6">\(seconds)</span></div>
            """
        return DisplayData(data: [
            "text/plain": .string("\(bar) \(percent) %  \(seconds)  \(stage)"), "text/html": .string(html),
        ])
    }
}
