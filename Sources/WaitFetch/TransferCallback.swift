internal import CCurl
internal import Glibc

/// libcurl's callbacks: each finds its transfer and asks it.
enum TransferCallback {
    static let header: curl_write_callback = { bytes, size, count, context in
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(context).receive(headerLine: line) ? line.count : refusedCount(line.count)
    }

    static let body: curl_write_callback = { bytes, size, count, context in
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer(context).receive(bodyBytes: piece) ? piece.count : refusedCount(piece.count)
    }

    static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let address, transfer(context).mayConnect(to: RedirectRule.Peer(address)) else { return noSocket }
        let family = address.pointee.family
        return socket(family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    }

    static let beforeRequest: curl_prereq_callback = { context, address, _, port, _ in
        let peer = address.flatMap { IPAddress(String(cString: $0)) }
            .map { RedirectRule.Peer(address: $0, port: Int(port)) }
        return transfer(context).maySend(to: peer) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }

    /// libcurl's CURL_SOCKET_BAD, a macro that Swift does not see.
    private static let noSocket: curl_socket_t = -1

    /// Any count but the right one ends a transfer.
    private static func refusedCount(_ count: Int) -> Int { count == 0 ? 1 : 0 }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl called back without the context it was given") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

extension RedirectRule.Peer {
    /// The far end that libcurl is about to connect to; nil where it is not an IP address.
    init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        // libcurl keeps the whole socket address in place of the short `addr`, so it is read where it lies.
        guard let field = address.pointer(to: \.addr) else { return nil }
        let bytes = UnsafeRawPointer(field)
        switch address.pointee.family {
        case AF_INET:
            let whole = bytes.loadUnaligned(as: sockaddr_in.self)
            self.init(bytes: withUnsafeBytes(of: whole.sin_addr) { Array($0) }, networkPort: whole.sin_port)
        case AF_INET6:
            let whole = bytes.loadUnaligned(as: sockaddr_in6.self)
            self.init(bytes: withUnsafeBytes(of: whole.sin6_addr) { Array($0) }, networkPort: whole.sin6_port)
        default:
            return nil
        }
    }

    private init(bytes: [UInt8], networkPort: in_port_t) {
        self.init(address: IPAddress(bytes: bytes), port: Int(in_port_t(bigEndian: networkPort)))
    }
}
