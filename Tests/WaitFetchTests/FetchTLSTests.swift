import Foundation
import Testing
import WaitReplay

@testable import WaitFetch

@Suite(.timeLimit(.minutes(30)), .enabled(if: WrongCertificateServer.isAvailable, "needs the openssl command"))
struct FetchTLSTests {
    @Test("a certificate that nobody vouches for is refused")
    func selfSigned() async throws {
        let server = try WrongCertificateServer()
        let client = try CurlClient.forTests()
        #expect(await client.failure("https://localhost:\(server.port)/")?.code == .tlsFailed)
    }

    @Test("a certificate of a trusted authority for the host is taken")
    func trusted() async throws {
        let server = try WrongCertificateServer()
        let client = try CurlClient.forTests(authoritiesFile: server.certificate.path)
        let response = try await client.fetch(FetchRequest(url: "https://localhost:\(server.port)/"))
        #expect(response.status == 200)
    }

    @Test("a trusted certificate for another host is refused")
    func otherHost() async throws {
        let server = try WrongCertificateServer()
        let client = try CurlClient.forTests(authoritiesFile: server.certificate.path)
        #expect(await client.failure("https://127.0.0.1:\(server.port)/")?.code == .tlsFailed)
    }
}
