import WaitCore

/// What a request asks of the archive or of its storage.
enum ArchiveRequest: Equatable {
    /// The versions of whole days, by their midnights.
    case listing(url: String, days: ClosedRange<HongKongMinute>)
    case version(url: String, stamp: HongKongMinute)
    /// A bundle by a day, which may be none's name.
    case bundle(url: String, day: HongKongMinute)
    case storedVersion(url: String, stamp: HongKongMinute)
    case storedBundle(url: String, bundle: ArchiveBundle)
    /// The parameter of that name is missing, unreadable or impossible.
    case malformed(parameter: String)
    /// A path below the storage that names nothing.
    case nowhere

    static let listingPath = "/v1/historical-archive/list-file-versions"
    static let filePath = "/v1/historical-archive/get-file"
    static let storagePath = "/storage/"

    /// Nil for a path that is neither the archive's nor its storage's.
    init?(_ request: ReplayRequest) {
        switch request.path {
        case Self.listingPath: self = Self.listing(request)
        case Self.filePath: self = Self.file(request)
        case let path where path.hasPrefix(Self.storagePath): self = Self.stored(path.dropFirst(Self.storagePath.count))
        default: return nil
        }
    }

    /// Where the storage has a file of a document.
    static func storagePath(url: String, fileName: String) -> String {
        storagePath + percentEncoded(url) + "/" + fileName
    }

    private static func listing(_ request: ReplayRequest) -> ArchiveRequest {
        guard let url = request.queryValue(of: "url"), !url.isEmpty else { return .malformed(parameter: "url") }
        guard let start = request.queryValue(of: "start").flatMap({ ArchiveStamps.day(of: $0) }) else {
            return .malformed(parameter: "start")
        }
        guard let end = request.queryValue(of: "end").flatMap({ ArchiveStamps.day(of: $0) }) else {
            return .malformed(parameter: "end")
        }
        return start <= end ? .listing(url: url, days: start...end) : .malformed(parameter: "start")
    }

    private static func file(_ request: ReplayRequest) -> ArchiveRequest {
        guard let url = request.queryValue(of: "url"), !url.isEmpty else { return .malformed(parameter: "url") }
        let time = request.queryValue(of: "time") ?? ""
        if let stamp = ArchiveStamp.minute(time) { return .version(url: url, stamp: stamp) }
        if let day = ArchiveStamps.day(of: time) { return .bundle(url: url, day: day) }
        return .malformed(parameter: "time")
    }

    /// Reads `<percent-encoded address>/<file name>`.
    private static func stored(_ place: Substring) -> ArchiveRequest {
        let parts = place.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let url = percentDecoded(parts[0]) else { return .nowhere }
        let fileName = String(parts[1])
        if let stamp = ArchiveStamp.minute(fileName) { return .storedVersion(url: url, stamp: stamp) }
        if let bundle = ArchiveBundle(fileName: fileName) { return .storedBundle(url: url, bundle: bundle) }
        return .nowhere
    }
}

/// What a request is for, as far as its path and query tell, well-formed or not.
package enum ReplayRequestKind: Sendable, Hashable, CaseIterable {
    /// The archive: a list of versions.
    case listing
    /// The archive: one version, by its stamp or anything else that is not a day.
    case version
    /// The archive: a bundle, by a day.
    case bundle
    /// The storage: one version.
    case storedVersion
    /// The storage: a bundle.
    case storedBundle
    /// Everything else: the feeds' own documents.
    case document
}

extension ReplayRequest {
    package var kind: ReplayRequestKind {
        switch path {
        case ArchiveRequest.listingPath:
            return .listing
        case ArchiveRequest.filePath:
            let day = queryValue(of: "time").flatMap { ArchiveStamps.day(of: $0) }
            return day == nil ? .version : .bundle
        default:
            guard path.hasPrefix(ArchiveRequest.storagePath) else { return .document }
            return path.hasSuffix(".zip") ? .storedBundle : .storedVersion
        }
    }
}
