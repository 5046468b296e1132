import FoundationEssentials
import Synchronization
import Testing

@testable import WaitFetch

@Suite("Paced requests", .timeLimit(.minutes(30)))
struct RequestPacerTests {
    @Test("start evenly over the second")
    func rate() async {
        let server = await PacedServer()
        let pacer = server.pacer(RequestPace(perSecond: 5))
        for _ in 0..<7 { _ = await pacer.outcome("a") }
        #expect(server.startsAt == [0, 200, 400, 600, 800, 1_000, 1_200])
    }

    @Test("start evenly when they are asked for all at once, too")
    func rateAtOnce() async {
        let server = await PacedServer()
        let pacer = server.pacer(RequestPace(concurrent: 3, perSecond: 10))
        await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { _ = await pacer.outcome("a") } }
        }
        #expect(server.startsAt.sorted() == (0..<20).map { $0 * 100 })
        #expect(server.mostRunning <= 3)
    }

    @Test("start at once after a pause, and save no turns up")
    func pause() async {
        let server = await PacedServer()
        let pacer = server.pacer()
        _ = await pacer.outcome("a")
        server.clock.set(10_000)
        for _ in 0..<3 { _ = await pacer.outcome("a") }
        #expect(server.startsAt == [0, 10_000, 10_200, 10_400])
    }

    @Test("run no more than four at once, the others in the order they came")
    func order() async {
        let server = await PacedServer(holdsAnswers: true)
        let pacer = server.pacer()
        let urls = (0..<10).map { "\($0)" }
        await withTaskGroup { group in
            for (index, url) in urls.enumerated() {
                group.addTask { _ = await pacer.outcome(url) }
                await until { server.urls.count + pacer.permits.waitingCount == index + 1 }
            }
            #expect(server.urls == Array(urls.prefix(4)))
            #expect(pacer.permits.waitingCount == 6)
            server.release()
        }
        #expect(server.urls == urls)
        #expect(server.mostRunning == 4)
    }

    @Test("wait until the moment the server named")
    func hold() async {
        let server = await PacedServer()
        let pacer = server.pacer()
        _ = await pacer.outcome("a")
        pacer.hold(until: server.clock.date(30_000))
        pacer.hold(until: server.clock.date(5_000))
        for _ in 0..<2 { _ = await pacer.outcome("a") }
        #expect(server.startsAt == [0, 30_000, 30_200])
    }

    @Test("obey a hold that comes while they wait for their turn")
    func holdMeanwhile() async {
        let server = await PacedServer()
        let named = Mutex<RequestPacer?>(nil)
        let pacer = server.pacer { date in
            named.withLock { $0?.hold(until: server.clock.date(60_000)) }
            try server.clock.sleep(until: date)
        }
        named.withLock { $0 = pacer }
        for _ in 0..<2 { _ = await pacer.outcome("a") }
        named.withLock { $0 = nil }
        #expect(server.startsAt == [0, 60_000])
    }

    @Test("are not stopped by a clock that is set back")
    func setBack() async {
        let server = await PacedServer()
        let pacer = server.pacer()
        server.clock.set(1_000_000)
        _ = await pacer.outcome("a")
        server.clock.set(0)
        _ = await pacer.outcome("a")
        #expect(server.startsAt == [1_000_000, 200])
    }

    @Test("are held for a day at most by a hold from before the clock was set back")
    func holdFromAWrongClock() async {
        let server = await PacedServer()
        let pacer = server.pacer()
        pacer.hold(until: server.clock.date(365 * 86_400_000))
        _ = await pacer.outcome("a")
        #expect(server.startsAt == [86_400_000])
    }

    @Test("that fail give their place back")
    func failure() async {
        let server = await PacedServer()
        let pacer = server.pacer(RequestPace(concurrent: 1))
        #expect(await pacer.outcome("bad") == .cutShort)
        #expect(await pacer.outcome("a") == nil)
    }

    @Test("that are cancelled in the line are never asked, and the next one moves up")
    func cancelledInLine() async {
        let server = await PacedServer(holdsAnswers: true)
        let pacer = server.pacer(RequestPace(concurrent: 1))
        let first = Task { await pacer.outcome("first") }
        await until { server.urls.count == 1 }
        let second = Task { await pacer.outcome("second") }
        await until { pacer.permits.waitingCount == 1 }
        let third = Task { await pacer.outcome("third") }
        await until { pacer.permits.waitingCount == 2 }
        second.cancel()
        #expect(await second.value == .cancelled)
        server.release()
        #expect(await first.value == nil)
        #expect(await third.value == nil)
        #expect(server.urls == ["first", "third"])
    }

    @Test("that are cancelled while they wait for their turn leave it to the next one")
    func cancelledAtDoor() async {
        let server = await PacedServer()
        let (never, _) = AsyncStream.makeStream(of: Void.self)
        let sleepers = Mutex(0)
        let pacer = server.pacer { date in
            let count = sleepers.withLock { sleepers in
                sleepers += 1
                return sleepers
            }
            // The first one sleeps until it is cancelled.
            if count == 1 { for await _ in never {} }
            try server.clock.sleep(until: date)
        }
        #expect(await pacer.outcome("first") == nil)
        let second = Task { await pacer.outcome("second") }
        await until { sleepers.withLock { $0 } == 1 }
        let third = Task { await pacer.outcome("third") }
        await until { pacer.entry.waitingCount == 1 }
        second.cancel()
        #expect(await second.value == .cancelled)
        #expect(await third.value == nil)
        #expect(server.urls == ["first", "third"])
        #expect(server.startsAt == [0, 200])
    }

    @Test("cancelled before they are asked for are never asked")
    func cancelledBefore() async {
        let server = await PacedServer()
        let pacer = server.pacer()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await pacer.outcome("a")
        }
        #expect(await task.value == .cancelled)
        #expect(server.urls.isEmpty)
    }

    @Test("lose no place however many are cancelled at once")
    func race() async {
        let server = await PacedServer()
        let pacer = server.pacer(RequestPace(concurrent: 2, perSecond: 1_000))
        let tasks = (0..<500).map { number in Task { await pacer.outcome("\(number)") } }
        for task in tasks.shuffled().prefix(250) { task.cancel() }
        for task in tasks { #expect([nil, .cancelled].contains(await task.value)) }
        #expect(pacer.permits.waitingCount == 0)
        #expect(server.mostRunning <= 2)
        #expect(await pacer.permits.enter())
        #expect(await pacer.permits.enter())
        #expect(await pacer.entry.enter())
    }

    @Test("go through the seam like any others")
    func seam() async throws {
        let fetch: Fetch = await PacedServer().pacer().fetch
        #expect(try await fetch(FetchRequest(url: "a")).status == 200)
    }
}
