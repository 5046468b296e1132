/// FNV-1a over 64 bits: a short fingerprint that is the same on every machine and in every run; no protection against
/// someone who wants two texts to collide. Source: draft-eastlake-fnv, The FNV Non-Cryptographic Hash Algorithm.
func fnv1a64(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return hash
}

/// The strong entity tag of a body, quotes included: 16 hexadecimal digits. About a microsecond per kilobyte.
func entityTag(of body: [UInt8]) -> String {
    let digits = String(fnv1a64(body), radix: 16)
    return "\"" + String(repeating: "0", count: 16 - digits.count) + digits + "\""
}
