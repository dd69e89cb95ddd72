import Foundation
import JupyterKernel
import Presentation
import TGMagics
import Testing

@Suite struct ProgressBarTests {
    @Test func quickWorkShowsNoBar() {
        let context = RecordingContext()
        let bar = ProgressBar(title: "Quick", in: context)
        for step in 0..<1000 { bar.report("step", Double(step) / 1000) }
        bar.finish()
        #expect(context.recorded.displays.isEmpty && context.recorded.updates.isEmpty)
    }

    @Test func longWorkShowsOneBarThatIsSeldomRedrawnNeverGoesBackAndDisappears() throws {
        let context = RecordingContext()
        let bar = ProgressBar(title: "Long", in: context)
        let start = Date()
        var step = 0
        while Date().timeIntervalSince(start) < 0.9 {
            bar.report("step", Double(step % 7) / 10)
            step += 1
            usleep(500)
        }
        bar.finish()
        bar.report("late", 1)
        let recorded = context.recorded
        #expect(recorded.displays.count == 1)
        #expect(Set(recorded.updates.map(\.id)) == Set([try #require(recorded.displays.first?.id)]))
        #expect(recorded.updates.count <= 10)
        #expect(recorded.updates.last?.data.data["text/html"] == "")
        let shares = (recorded.displays.map(\.data) + recorded.updates.dropLast().map(\.data)).map { data in
            data.data["text/plain"]?.string?.count { $0 == "█" } ?? 0
        }
        #expect(shares == shares.sorted())
    }

    @Test func aStagesNameIsText() {
        let picture = ProgressBar.picture("<script>alert(1)</script>", 0.5, elapsed: .seconds(3))
        #expect(picture.data["text/html"]?.string?.contains("<script") == false)
        #expect(picture.data["text/html"]?.string?.contains("width:50%") == true)
    }
}
