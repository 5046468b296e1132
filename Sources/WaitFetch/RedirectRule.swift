/// Which addresses may be asked, and which may follow which: decisions only, no I/O.
enum RedirectRule {
    /// What a hop came to, as the rule for the next one needs it.
    struct Hop: Sendable {
        let url: FetchURL
        /// Whether the host that answered is public; see ``RedirectRule/isPublic(_:connectedTo:isPublicAddress:)``.
        let isPublic: Bool
        /// Redirects followed so far.
        let redirects: Int
    }

    /// The address and port of the far end of a connection: the host's own, or a proxy's.
    struct Peer: Sendable {
        let address: IPAddress
        let port: Int
    }

    /// Whether an answer of this status sends a GET elsewhere, given that it names a `Location`.
    static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

    /// Reads the address of a request, which the user configured: any host, but over TLS unless it is loopback.
    ///
    /// - Throws: `invalidURL` or `insecureURL`.
    static func start(_ text: String) throws(FetchError) -> FetchURL {
        guard let url = FetchURL(text) else {
            let shown = text.contains("@") ? "What was given" : "\"\(text)\""
            throw FetchError(.invalidURL, "\(shown) is not an address; give one such as https://host/path.")
        }
        if url.hasCredentials {
            // Here and above, a password that the address may hold stays out of the message.
            throw FetchError(.invalidURL, "An address of \(url.host) holds a user name or password; take it out.")
        }
        guard url.scheme == "https" || url.scheme == "http", !url.host.isEmpty else {
            throw FetchError(.invalidURL, "\(url.text) is neither https nor http; give the document's https address.")
        }
        guard url.scheme == "https" || url.isLoopback else {
            throw FetchError(.insecureURL, "\(url.text) is plain http to another machine; give its https address.")
        }
        return url
    }

    /// Decides where a redirect leads: the same rules as for a first address, and besides no plain http but from
    /// loopback to loopback, no address of a private network from a public host, and no more hops than `limit`.
    ///
    /// A host given by name is judged when it is connected to: see ``mayConnect(to:for:isPublicAddress:)``.
    ///
    /// - Throws: `tooManyRedirects` or `forbiddenRedirect`.
    static func next(
        after hop: Hop, location: String, limit: Int, isPublicAddress: (IPAddress) -> Bool
    ) throws(FetchError) -> FetchURL {
        guard hop.redirects < limit else {
            throw FetchError(
                .tooManyRedirects, "\(hop.url.text) redirects once more after \(limit) redirects; check the address.")
        }
        guard let url = FetchURL(location, relativeTo: hop.url) else {
            throw forbidden(hop.url, "to something that is not an address")
        }
        if url.hasCredentials { throw forbidden(hop.url, "to an address with a user name or password") }
        switch url.scheme {
        case "https": break
        case "http" where url.isLoopback && hop.url.isLoopback: break
        default: throw forbidden(hop.url, "to \(url.scheme): on \(url.host.isEmpty ? "no host" : url.host)")
        }
        if hop.isPublic, let address = url.address, !isPublicAddress(address) {
            throw forbidden(hop.url, "to the private address \(url.host)")
        }
        return url
    }

    /// Whether the host that answered counts as public: by the address connected to, or, where the connection was to a
    /// proxy, by the address in the URL, a name counting as public.
    static func isPublic(_ url: FetchURL, connectedTo peer: Peer?, isPublicAddress: (IPAddress) -> Bool) -> Bool {
        if let peer, peer.port == url.port { return isPublicAddress(peer.address) }
        return url.address.map(isPublicAddress) ?? !url.isLoopback
    }

    /// Whether a hop that came from a public host may use a connection to this far end.
    ///
    /// A direct connection always goes to the port in the address, so another port is the proxy's: the user chose the
    /// proxy, and it is the proxy that looks names up and guards its own network.
    static func mayConnect(to peer: Peer, for url: FetchURL, isPublicAddress: (IPAddress) -> Bool) -> Bool {
        peer.port != url.port || isPublicAddress(peer.address)
    }

    /// The refusal of a connection that a redirect from a public host led to.
    static func privateNetwork(_ url: FetchURL) -> FetchError {
        FetchError(
            .forbiddenRedirect,
            "\(url.text), where a public host redirected to, is in a private network; check the address.")
    }

    private static func forbidden(_ url: FetchURL, _ whereTo: String) -> FetchError {
        FetchError(.forbiddenRedirect, "\(url.text) redirects \(whereTo), which is not followed; check the address.")
    }
}
