internal import CCurl
internal import Foundation

/// What the client's thread does: takes messages in, moves all transfers on, answers those that ended.
///
/// Made, used and dropped on that thread, so that nothing of libcurl but its wake-up is met by another one.
final class TransferLoop {
    private let multi: MultiHandle
    private let inbox: TransferInbox
    private let settings: ClientSettings
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    init(multi: MultiHandle, inbox: TransferInbox, settings: ClientSettings) {
        self.multi = multi
        self.inbox = inbox
        self.settings = settings
    }

    /// Runs until the inbox is closed, then ends what still runs and releases libcurl's handle.
    func run() {
        Self.blockBrokenPipeSignal()
        var isOpen = true
        while isOpen {
            let post = inbox.collect()
            post.messages.forEach(read)
            isOpen = post.isOpen
            if isOpen { step() }
        }
        endAll(FetchError(.shutDown, "The HTTP client was shut down during this fetch; start the program again."))
        multi.release()
    }

    private func read(_ message: TransferInbox.Message) {
        switch message {
        case .begin(let order) where order.ticket.isCancelled:
            order.continuation.resume(returning: .failure(.cancelled(order.url)))
        case .begin(let order):
            begin(order)
        case .cancel(let ticket):
            guard let transfer = running.values.first(where: { $0.order.ticket === ticket }) else { return }
            end(transfer, .failure(.cancelled(transfer.url)))
        }
    }

    private func step() {
        var status = multi.perform()
        while let (easy, result) = multi.nextEnded() {
            guard let transfer = running[easy] else { continue }
            proceed(transfer, transfer.finishHop(result))
        }
        if status == CURLM_OK { status = multi.wait() }
        guard status != CURLM_OK else { return }
        endAll(.libcurl(status))
        // What made it fail may last; the loop must not spin on it.
        Thread.sleep(forTimeInterval: 0.1)
    }

    private func begin(_ order: FetchOrder) {
        do throws(FetchError) {
            let transfer = try Transfer(order, settings: settings)
            running[transfer.easy.pointer] = transfer
            launch(transfer)
        } catch {
            order.continuation.resume(returning: .failure(error))
        }
    }

    private func proceed(_ transfer: Transfer, _ step: Transfer.Step) {
        switch step {
        case .answer(let result):
            end(transfer, result)
        case .nextHop:
            multi.remove(transfer.easy)
            launch(transfer)
        }
    }

    private func launch(_ transfer: Transfer) {
        let status = multi.add(transfer.easy)
        if status != CURLM_OK { end(transfer, .failure(.libcurl(status))) }
    }

    private func end(_ transfer: Transfer, _ result: Result<FetchResponse, FetchError>) {
        multi.remove(transfer.easy)
        running[transfer.easy.pointer] = nil
        transfer.order.continuation.resume(returning: result)
    }

    private func endAll(_ error: FetchError) {
        for transfer in running.values { end(transfer, .failure(error)) }
    }

    /// A peer that goes away while it is written to must not end the process. With CURLOPT_NOSIGNAL libcurl leaves
    /// SIGPIPE to its user; blocked on this thread alone, it does not touch other threads'.
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

extension FetchError {
    fileprivate static func cancelled(_ url: FetchURL) -> FetchError {
        FetchError(.cancelled, "The fetch of \(url.text) was cancelled; ask again if it is still wanted.")
    }

    fileprivate static func libcurl(_ status: CURLMcode) -> FetchError {
        FetchError(
            .other, "libcurl could not go on with this fetch; try again later.",
            cause: String(cString: curl_multi_strerror(status)))
    }
}
