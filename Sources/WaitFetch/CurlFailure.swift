internal import CCurl
internal import FoundationEssentials

// How libcurl's results become errors of ours.
extension FetchError {
    /// The error for a transfer that libcurl ended with `result`.
    init(ending result: CURLcode, of url: FetchURL, receivedBytes: Int, declaredBytes: Int?, cause: String) {
        let code = Self.code(of: result)
        let whole = declaredBytes.map { " of \($0)" } ?? ""
        let message =
            switch code {
            case .hostNotFound: "The host of \(url.text) has no address; check the address and this machine's DNS."
            case .cannotConnect: "\(url.text) accepts no connection; check the address, or try again later."
            case .tlsFailed: "No secure connection to \(url.text); check this machine's clock and its certificates."
            case .cutShort: "The answer from \(url.text) ended after \(receivedBytes)\(whole) bytes; try again."
            case .badEncoding: "The body of \(url.text) does not match its Content-Encoding; try again later."
            case .malformedReply: "What \(url.text) answers is not HTTP; check the address."
            case .timedOut: Self.timedOut(url).message
            default: "The fetch of \(url.text) failed; see the cause and try again later."
            }
        self.init(code, message, cause: cause)
    }

    static func timedOut(_ url: FetchURL) -> FetchError {
        FetchError(.timedOut, "\(url.text) did not answer in time; try again later, or raise the time-outs.")
    }

    static func bodyTooLarge(_ url: FetchURL, capBytes: Int, excerpt: Data) -> FetchError {
        FetchError(
            .bodyTooLarge, "The body of \(url.text) is larger than \(capBytes) bytes; check it, or raise the limit.",
            excerpt: excerpt)
    }

    static func compressedBodyCut(_ url: FetchURL) -> FetchError {
        FetchError(.cutShort, "The compressed body of \(url.text) stops before its end; try again later.")
    }

    static func compressedBodyDamaged(_ url: FetchURL) -> FetchError {
        FetchError(
            .badEncoding, "The body of \(url.text) looks compressed but cannot be decompressed; try again later.")
    }

    static func headTooLarge(_ url: FetchURL) -> FetchError {
        FetchError(
            .headTooLarge,
            "The headers of \(url.text) are larger than \(ResponseHead.capBytes) bytes; check the address.")
    }

    private static func code(of result: CURLcode) -> Code {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .hostNotFound
        case CURLE_COULDNT_CONNECT, CURLE_PROXY: .cannotConnect
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED:
            .tlsFailed
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING: .cutShort
        case CURLE_BAD_CONTENT_ENCODING: .badEncoding
        // The scheme was checked before, so an unsupported protocol is an answer that is not HTTP/1 or later.
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: .malformedReply
        case CURLE_URL_MALFORMAT: .invalidURL
        default: .other
        }
    }
}
