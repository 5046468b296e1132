import Testing

@testable import WaitCore

@Suite("A time as people and programs write it")
struct TimeTextTests {
    @Test(
        "without an offset is Hong Kong time",
        arguments: [
            ("2026-01-20", "2026-01-20T00:00:00+08:00"), ("2026-01-20T04:30", "2026-01-20T04:30:00+08:00"),
            ("2026-01-20 04:30", "2026-01-20T04:30:00+08:00"), ("2026-01-20t04:30", "2026-01-20T04:30:00+08:00"),
            ("2026-01-20T04:30:00", "2026-01-20T04:30:00+08:00"), ("2024-02-29", "2024-02-29T00:00:00+08:00"),
        ])
    func local(text: String, instant: String) {
        #expect(HongKongMinute(text: text)?.rfc3339 == instant)
    }

    @Test(
        "with an offset is that instant",
        arguments: [
            ("2026-01-20T04:30:00+08:00", "2026-01-20T04:30:00+08:00"),
            ("2026-01-19T20:30Z", "2026-01-20T04:30:00+08:00"), ("2026-01-19T20:30:00z", "2026-01-20T04:30:00+08:00"),
            ("2026-01-19T20:30:00+00:00", "2026-01-20T04:30:00+08:00"),
            ("2026-01-19T15:30-05:00", "2026-01-20T04:30:00+08:00"),
            ("2026-01-20T02:00+05:30", "2026-01-20T04:30:00+08:00"),
            ("2025-12-31T16:00Z", "2026-01-01T00:00:00+08:00"),
        ])
    func offset(text: String, instant: String) {
        #expect(HongKongMinute(text: text)?.rfc3339 == instant)
    }

    @Test("loses its seconds")
    func seconds() {
        #expect(HongKongMinute(text: "2026-01-20T04:30:59+08:00")?.rfc3339 == "2026-01-20T04:30:00+08:00")
    }

    @Test("is read back from its own RFC 3339 text")
    func roundTrip() {
        let minute = HongKongMinute(sinceEpoch: 29_480_910)
        #expect(HongKongMinute(text: minute.rfc3339) == minute)
    }

    @Test(
        "that is written in another way is none",
        arguments: [
            "", " ", "now", "today", "2026", "2026-01", "2026-1-20", "26-01-20", "20260120", "20/1/2026",
            "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-20T", "2026-01-20T4:30", "2026-01-20T04",
            "2026-01-20T24:00", "2026-01-20T04:60", "2026-01-20T04:30:60", "2026-01-20T04:30:5", "2026-01-20T04:30Q",
            "2026-01-20T04:30+8", "2026-01-20T04:30+0800", "2026-01-20T04:30+24:00", "2026-01-20T04:30+08:60",
            "2026-01-20T04:30+08:00Z", "2026-01-20T04:30 HKT", "2026-01-20  04:30", " 2026-01-20", "2026-01-20T-4:30",
            "+026-01-20", "２０２６-01-20", "2026-01-20T٠٤:30", "1768854600",
        ])
    func unreadable(text: String) {
        #expect(HongKongMinute(text: text) == nil)
    }
}
