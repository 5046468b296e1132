import Foundation
import Glibc
import Testing
import WaitReplay

/// Addresses where there is no publisher; none of them leaves this machine.
enum UnreachableHost: String, CaseIterable, CustomTestStringConvertible {
    case unknownHost = "unknown host"
    case noNetwork = "no network"
    case nobodyListens = "nobody listens"
    case selfSigned = "self-signed certificate"
    case wrongHost = "certificate of another host"

    var testDescription: String { rawValue }

    /// Part of the sentence that should be in the record.
    var says: String {
        switch self {
        case .unknownHost: "has no address; check the address and this machine's DNS"
        case .noNetwork, .nobodyListens: "accepts no connection"
        case .selfSigned, .wrongHost: "No secure connection"
        }
    }

    struct Address {
        let base: String
        var authorities: String?
        /// What must stay as it is meanwhile.
        var server: WrongCertificateServer?
        var socket: Int32?

        func close() {
            if let socket { Glibc.close(socket) }
        }
    }

    func open() throws -> Address {
        switch self {
        case .unknownHost:
            // Reserved by RFC 6761; a label over 63 bytes fails in the resolver itself, without asking anybody.
            return Address(base: "https://\(String(repeating: "a", count: 64)).invalid")
        case .noNetwork:
            // The system says of a broadcast address what it says of every address where there is no route.
            return Address(base: "https://255.255.255.255")
        case .nobodyListens:
            let bound = try Self.boundSocket()
            return Address(base: "http://127.0.0.1:\(bound.port)", socket: bound.socket)
        case .selfSigned:
            let server = try WrongCertificateServer()
            return Address(base: "https://localhost:\(server.port)", server: server)
        case .wrongHost:
            let server = try WrongCertificateServer()
            return Address(
                base: "https://127.0.0.1:\(server.port)", authorities: server.certificate.path, server: server)
        }
    }

    /// A port that is taken and refuses connections.
    private static func boundSocket() throws -> (socket: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}
