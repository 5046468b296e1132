import Testing

@testable import WaitFetch

struct IPAddressTests {
    @Test(
        "an address of the public internet is public",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
            "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2400:cb00::1", "2001:4860:4860::8888",
            "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
        ])
    func publicAddress(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test(
        "an address of no public network is not public",
        arguments: [
            "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
            "169.254.0.1", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1",
            "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
            "::", "::1", "::10.0.0.1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "100::1",
            "2001:db8::1", "2001::1", "3fff::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::192.168.0.1",
            "64:ff9b:1::1", "2002:7f00:1::1",
        ])
    func privateAddress(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test("127.0.0.0/8 and ::1 are loopback", arguments: ["127.0.0.1", "127.1.2.3", "::1"])
    func loopback(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isLoopback)
    }

    @Test("nothing else is loopback", arguments: ["128.0.0.1", "10.0.0.1", "::2", "fe80::1", "::ffff:127.0.0.1"])
    func notLoopback(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isLoopback == false)
    }

    @Test("what is no address is not read", arguments: ["", "localhost", "1.2.3", "1.2.3.4:80", "[::1]", "::1%lo"])
    func noAddress(_ text: String) {
        #expect(IPAddress(text) == nil)
    }
}
