import Foundation
import Testing

@testable import waitkeeper

@Suite("The service manager's socket")
struct NotifySocketTests {
    @Test("gets the lines in one datagram, by a path")
    func path() async throws {
        try await Command.withFolder { folder in
            let listener = try NotificationListener(folder.appending(path: "notify").path)
            try NotifySocket(environment: listener.environment)?.send("READY=1", "STATUS=Collecting.")
            #expect(try listener.next() == ["READY=1", "STATUS=Collecting."])
            #expect(listener.isEmpty)
        }
    }

    @Test("gets them by an abstract name, too")
    func abstract() throws {
        let listener = try NotificationListener("@waitkeeper-\(UUID().uuidString)")
        try NotifySocket(environment: listener.environment)?.send("STOPPING=1")
        #expect(try listener.next() == ["STOPPING=1"])
    }

    static let noSockets = [nil, "", "/", "@", "vsock:2:1", "relative", "/" + String(repeating: "n", count: 200)]

    @Test("is none where nobody wants to be told, or in a way that is none of ours", arguments: noSockets)
    func none(name: String?) {
        #expect(NotifySocket(environment: name.map { ["NOTIFY_SOCKET": $0] } ?? [:]) == nil)
    }

    @Test("that nobody listens at is an error with a sentence")
    func nobody() {
        let socket = NotifySocket(environment: ["NOTIFY_SOCKET": "/nowhere/notify"])
        let error = #expect(throws: NotifySocket.SendError.self) { try socket?.send("READY=1") }
        #expect(error?.description == "The service manager could not be notified (No such file or directory).")
    }
}
