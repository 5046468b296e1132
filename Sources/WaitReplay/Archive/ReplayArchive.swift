import Synchronization
package import WaitCore

/// A stand-in for the government's archive of past versions and for the storage it sends its clients to
/// (docs/feeds.md, "The archive of past versions").
///
/// A value: what it answers follows from its documents, the clock and, for ``failing``, the number of the request.
/// Bundles are built when first asked for and kept: every copy of the value shares them, and the count of requests.
package struct ReplayArchive: Sendable {
    /// A request with its number, from 1, among those to this archive and its storage → an answer in place of the true
    /// one; nil leaves the true one.
    package typealias Failing = @Sendable (_ request: ReplayRequest, _ number: Int) -> ReplayAnswer?

    /// How many stamps one listing names at most; its `version-count` stays true.
    package var listingCap = 10_000
    /// Whether there are no bundles at all: none is listed, and none is found.
    package var withoutBundles = false
    /// Which requests fail, and how.
    package var failing: Failing = { _, _ in nil }

    private let documents: [String: ReplayDocument]
    private let requests = RequestCount()

    /// - Parameter documents: no two with the same address.
    package init(_ documents: [ReplayDocument]) {
        self.documents = Dictionary(uniqueKeysWithValues: documents.map { ($0.url, $0) })
    }

    /// An archive of the A&E documents of a simulated world, the same stamps and faults for each.
    ///
    /// - Parameters:
    ///   - urls: the documents' addresses; the English one of the new feed unless told otherwise.
    ///   - faults: what is wrong with the versions of which stamps.
    package init(
        world: SimulatedWorld,
        stamps: [HongKongMinute],
        urls: [String] = ["https://www.ha.org.hk/opendata/aed/aedwtdata2-en.json"],
        faults: [HongKongMinute: Set<ReplayFault>] = [:]
    ) {
        self.init(urls.map { ReplayDocument(url: $0, world: world, stamps: stamps, faults: faults) })
    }

    /// What the archive or its storage has to say; nil for any other path.
    ///
    /// Only days that are over are archived. The storage answers the same at any time.
    ///
    /// - Parameter storageBase: what the archive's redirects put before `/storage/…`: `http://127.0.0.1:41273`.
    package func answer(to request: ReplayRequest, now: HongKongMinute, storageBase: String) -> ReplayAnswer? {
        guard let asked = ArchiveRequest(request) else { return nil }
        if let failure = failing(request, requests.next()) { return failure }
        switch asked {
        case .listing(let url, let days): return listing(of: url, days: days, now: now)
        case .version(let url, let stamp):
            guard stamp < now.dayStart, documents[url]?.version(at: stamp) != nil else { return .notFound }
            return redirect(to: storageBase, url: url, fileName: ArchiveStamp.text(stamp))
        case .bundle(let url, let day):
            guard let bundle = ArchiveBundle(named: day, now: now), holds(bundle, of: url) else { return .notFound }
            return redirect(to: storageBase, url: url, fileName: bundle.fileName)
        case .storedVersion(let url, let stamp):
            return documents[url]?.stored(at: stamp).map { .document($0) } ?? .notFound
        case .storedBundle(let url, let bundle): return stored(bundle, of: url)
        case .malformed(let parameter): return Self.malformed(parameter)
        case .nowhere: return .notFound
        }
    }

    private func listing(of url: String, days: ClosedRange<HongKongMinute>, now: HongKongMinute) -> ReplayAnswer {
        guard days.upperBound < now.dayStart else { return Self.malformed("end") }
        let listing = ListingWriter(of: documents[url], days: days, now: now, cap: listingCap)
        return .document(listing.json(namesBundles: !withoutBundles))
    }

    private func redirect(to storageBase: String, url: String, fileName: String) -> ReplayAnswer {
        .redirect(to: storageBase + ArchiveRequest.storagePath(url: url, fileName: fileName))
    }

    private func stored(_ bundle: ArchiveBundle, of url: String) -> ReplayAnswer {
        guard holds(bundle, of: url), let built = documents[url]?.stored(bundle) else { return .notFound }
        var answer = ReplayAnswer.document(built.zip, type: "application/zip")
        answer.headers.append(HeaderField("ETag", built.tag))
        return answer
    }

    /// Whether there is such a bundle: one where the document has versions on its days, lost or not.
    private func holds(_ bundle: ArchiveBundle, of url: String) -> Bool {
        guard !withoutBundles, let document = documents[url] else { return false }
        return !document.versions(from: bundle.start, to: bundle.end).isEmpty
    }

    /// A 400 in the archive's words; those for another parameter than `time` are inferred from it.
    private static func malformed(_ parameter: String) -> ReplayAnswer {
        ReplayAnswer(
            status: 400,
            headers: [HeaderField("Content-Type", "application/json")],
            body: Array(#"{"message": "REQUEST ERROR: Invalid \#(parameter) parameter"}"#.utf8))
    }
}

/// Numbers requests from 1.
final class RequestCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int {
        count.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
