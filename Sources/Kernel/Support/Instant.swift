import Glibc

/// A moment on the monotonic clock, in nanoseconds.
package struct Instant: Comparable, Sendable {
    package let nanoseconds: Int64

    package static var now: Instant {
        var time = Glibc.timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func + (left: Instant, milliseconds: Int) -> Instant {
        Instant(nanoseconds: left.nanoseconds + Int64(milliseconds) * 1_000_000)
    }

    func adding(microseconds: Int) -> Instant { Instant(nanoseconds: nanoseconds + Int64(microseconds) * 1_000) }

    /// Whole milliseconds until `other`, rounded up so that nobody wakes too early; 0 if it is past.
    package func milliseconds(until other: Instant) -> Int {
        max(0, Int((other.nanoseconds - nanoseconds + 999_999) / 1_000_000))
    }

    package static func sleep(milliseconds: Int) { sleep(microseconds: milliseconds * 1_000) }

    package static func sleep(microseconds: Int) {
        var time = Glibc.timespec(tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1_000)
        nanosleep(&time, nil)
    }

    var timespec: Glibc.timespec {
        Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
