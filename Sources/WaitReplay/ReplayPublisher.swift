package import WaitCore

package import struct Foundation.Date

/// A whole stand-in publisher: the government's archive where one is given, the simulated A&E feeds where a world is,
/// files for everything else.
///
/// Hand its ``answer(to:)`` to ``ReplayServer/start(host:port:answer:)``.
package struct ReplayPublisher: Sendable {
    /// The server that the archive's redirects lead to, `http://127.0.0.1:41273`; nil for the one that was asked, by
    /// the name in the request's `Host` header. Another publisher with the same archive can be that server.
    package var storageBase: String?

    private let world: SimulatedWorld?
    private let folder: DocumentFolder
    private let archive: ReplayArchive?
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - world: answers the six A&E addresses; nil leaves them to the folder.
    ///   - folder: answers the others.
    ///   - archive: answers the paths of the archive and of its storage; nil leaves them to the folder.
    ///   - now: the publisher's clock, asked once a request.
    package init(
        world: SimulatedWorld?,
        folder: DocumentFolder = DocumentFolder([:]),
        archive: ReplayArchive? = nil,
        now: @escaping @Sendable () -> Date
    ) {
        self.world = world
        self.folder = folder
        self.archive = archive
        self.now = now
    }

    /// What the archive or the world has at that address now, else the folder's document, else a 404.
    package func answer(to request: ReplayRequest) -> ReplayAnswer {
        let now = now()
        return archived(request, now: now) ?? world?.answer(to: request, at: now) ?? folder.answer(to: request)
    }

    /// What one of the world's A&E documents had on offer when; empty where there is no world. See
    /// ``SimulatedWorld/offers(of:from:to:)``.
    package func offers(of document: Document, from: Date, to: Date) -> [ReplayOffer] {
        world?.offers(of: document, from: from, to: to) ?? []
    }

    private func archived(_ request: ReplayRequest, now: Date) -> ReplayAnswer? {
        let asked = request.headers.value(of: "Host").map { "http://" + $0 }
        return archive?.answer(
            to: request,
            now: HongKongMinute(secondsSince1970: now.timeIntervalSince1970),
            storageBase: storageBase ?? asked ?? "")
    }
}
