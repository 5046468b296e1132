internal import Foundation

/// An HTTP client on the system's libcurl: any number of fetches at once on one thread of its own, which shares
/// connections among them. Certificates are always checked; a proxy is the environment's, never for loopback.
///
/// `client.fetch` is a ``Fetch``.
package final class CurlClient: Sendable {
    private let inbox: TransferInbox
    private let threadEnd: DispatchGroup

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - userAgent: the project's name and address, sent with every request.
    ///   - authoritiesFile: a PEM file of certificate authorities to trust instead of the system's.
    /// - Throws: `other` where libcurl cannot start.
    package convenience init(userAgent: String, authoritiesFile: String? = nil) throws(FetchError) {
        try self.init(
            settings: ClientSettings(
                userAgent: userAgent,
                proxyExemption: ProxyExemption.list(environment: ProcessInfo.processInfo.environment),
                authoritiesFile: authoritiesFile,
                isPublicAddress: \.isPublic))
    }

    init(settings: ClientSettings) throws(FetchError) {
        let multi = try MultiHandle()
        let inbox = TransferInbox(multi: multi)
        let threadEnd = DispatchGroup()
        threadEnd.enter()
        let thread = Thread {
            TransferLoop(multi: multi, inbox: inbox, settings: settings).run()
            threadEnd.leave()
        }
        thread.name = "waitkeeper-http"
        thread.start()
        self.inbox = inbox
        self.threadEnd = threadEnd
    }

    deinit { shutDown() }

    /// Gets a document. Waits without holding a thread; cancelling the task ends the transfer at once.
    ///
    /// - Throws: every code of ``FetchError/Code``; an answer of any HTTP status is no error.
    package func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let url = try RedirectRule.start(request.url)
        let ticket = FetchTicket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let order = FetchOrder(request: request, url: url, ticket: ticket, continuation: continuation)
                if !inbox.post(.begin(order)) { continuation.resume(returning: .failure(Self.closed(url))) }
            }
        } onCancel: {
            ticket.cancel()
            inbox.post(.cancel(ticket))
        }
        return try result.get()
    }

    /// Ends running transfers with `shutDown`, closes all connections and waits for the thread to end: milliseconds.
    /// Fetches asked for afterwards fail with `shutDown`. To call it again does nothing.
    package func shutDown() {
        inbox.close()
        threadEnd.wait()
    }

    private static func closed(_ url: FetchURL) -> FetchError {
        FetchError(.shutDown, "The HTTP client was shut down before \(url.text) was asked; start the program again.")
    }
}
