internal import Glibc

/// An IPv4 or IPv6 address, and whether the public internet reaches it.
struct IPAddress: Sendable, Hashable {
    /// 4 or 16 bytes in network order.
    let bytes: [UInt8]

    /// 4 or 16 bytes in network order, as a socket address holds them.
    init(bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "an IP address has 4 or 16 bytes")
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets, port or zone; nil for anything else.
    init?(_ text: String) {
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &buffer) == 1 {
            bytes = Array(buffer.prefix(4))
        } else if inet_pton(AF_INET6, text, &buffer) == 1 {
            bytes = buffer
        } else {
            return nil
        }
    }

    /// 127.0.0.0/8 and ::1.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// Whether the address is one of the public internet: not loopback, private, shared (CGNAT), link-local, unique
    /// local, multicast, documentation or reserved, as the IANA special-purpose address registries list them. An IPv4
    /// address inside an IPv6 one (mapped, NAT64, 6to4) is judged by itself.
    var isPublic: Bool {
        if bytes.count == 4 { return Self.isPublicIPv4(bytes) }
        if let inner = embeddedIPv4 { return Self.isPublicIPv4(inner) }
        let isGlobalUnicast = bytes[0] & 0xe0 == 0x20
        return isGlobalUnicast && !Self.specialIPv6.contains { bytes.starts(with: $0) }
    }

    private var embeddedIPv4: [UInt8]? {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        let translated: [UInt8] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]
        if bytes.starts(with: mapped) || bytes.starts(with: translated) { return Array(bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return Array(bytes[2..<6]) }
        return nil
    }

    /// Prefixes inside 2000::/3 that are not public: Teredo and the other protocol assignments, documentation twice.
    private static let specialIPv6: [[UInt8]] = [[0x20, 0x01, 0x00], [0x20, 0x01, 0x0d, 0xb8], [0x3f, 0xff]]

    private static func isPublicIPv4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113): false
        default: true
        }
    }
}
