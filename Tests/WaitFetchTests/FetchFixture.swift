import Testing

@testable import WaitFetch

/// Runs a test against a server with this script and a client of its own, and ends both.
func withServer(
    _ script: @escaping ScriptedServer.Script,
    isPublicAddress: @escaping @Sendable (IPAddress) -> Bool = \.isPublic,
    test: (ScriptedServer, CurlClient) async throws -> Void
) async throws {
    let server = try ScriptedServer(script)
    let client = try CurlClient.forTests(isPublicAddress: isPublicAddress)
    defer {
        client.shutDown()
        server.stop()
    }
    try await test(server, client)
}

extension CurlClient {
    static func forTests(
        authoritiesFile: String? = nil, spoolFolder: String = SpooledFile.systemFolder,
        isPublicAddress: @escaping @Sendable (IPAddress) -> Bool = \.isPublic
    ) throws -> CurlClient {
        try CurlClient(
            settings: ClientSettings(
                userAgent: "Waitkeeper-Tests/1",
                proxyExemption: "*",
                authoritiesFile: authoritiesFile,
                isPublicAddress: isPublicAddress,
                spoolFolder: spoolFolder))
    }

    /// The error that a fetch ends with; a recorded issue where it ends with an answer.
    func failure(_ request: FetchRequest) async -> FetchError? {
        do throws(FetchError) {
            let response = try await fetch(request)
            Issue.record("answered with \(response.status) instead of an error")
            return nil
        } catch {
            return error
        }
    }

    /// The same for an address.
    func failure(_ url: String) async -> FetchError? { await failure(FetchRequest(url: url)) }
}
