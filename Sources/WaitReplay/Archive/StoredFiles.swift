import WaitCore

/// What the storage holds of a document: its versions and its bundles.
extension ReplayDocument {
    /// A version's bytes as the storage gives them; nil where it has none.
    func stored(at stamp: HongKongMinute) -> [UInt8]? {
        guard let version = version(at: stamp), !version.faults.contains(.lost), let bytes = bytes(stamp) else {
            return nil
        }
        return version.faults.contains(.cutAtStorage) ? Array(bytes.firstHalf) : bytes
    }

    /// A bundle's file. Cost: the first time, that of all its documents.
    func stored(_ bundle: ArchiveBundle) -> BuiltBundle {
        store.bundle(bundle) { build(bundle) }
    }

    /// The sizes of a bundle and of the versions of its days. Cost: the first time, that of the bundle.
    func sizes(of bundle: ArchiveBundle) -> ArchiveStore.Sizes {
        store.sizes(of: bundle) { build(bundle) }
    }

    private func build(_ bundle: ArchiveBundle) -> BuiltBundle {
        var zip = ZIPWriter()
        var sizes: [Int] = []
        for version in versions(from: bundle.start, to: bundle.end) {
            let bytes = bytes(version.stamp)
            sizes.append(bytes?.count ?? 0)
            guard let bytes, !version.faults.contains(.lost) else { continue }
            let member = version.faults.contains(.cutInBundle) ? bytes.firstHalf : bytes[...]
            for _ in 0..<(version.faults.contains(.doubledInBundle) ? 2 : 1) {
                zip.add(name: memberName(at: version.stamp), modifiedAt: version.stamp, bytes: member)
            }
        }
        return BuiltBundle(versionBytes: sizes, zip: zip.file(), tag: zip.tag())
    }

    /// `<percent-encoded folder>/<YYYYMMDD-HHMM>-<file name>`; the folder is the address up to its last slash.
    private func memberName(at stamp: HongKongMinute) -> String {
        let slash = url.lastIndex(of: "/")
        let folder = slash.map { url[..<$0] } ?? ""
        let file = slash.map { url[url.index(after: $0)...] } ?? url[...]
        return percentEncoded(folder) + "/" + ArchiveStamp.text(stamp) + "-" + file
    }
}

extension [UInt8] {
    fileprivate var firstHalf: ArraySlice<UInt8> { prefix(count / 2) }
}

/// A text with every byte but RFC 3986's unreserved ones as `%XX`.
func percentEncoded(_ text: some StringProtocol) -> String {
    text.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            String(UnicodeScalar(byte))
        default:
            "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }.joined()
}
