package import struct Foundation.Date

/// A whole stand-in publisher: the simulated A&E feeds where a world is given, files for everything else.
///
/// Hand its ``answer(to:)`` to ``ReplayServer/start(host:port:answer:)``.
package struct ReplayPublisher: Sendable {
    private let world: SimulatedWorld?
    private let folder: DocumentFolder
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - world: answers the six A&E addresses; nil leaves them to the folder.
    ///   - folder: answers the others.
    ///   - now: the publisher's clock, asked once a request.
    package init(
        world: SimulatedWorld?,
        folder: DocumentFolder = DocumentFolder([:]),
        now: @escaping @Sendable () -> Date
    ) {
        self.world = world
        self.folder = folder
        self.now = now
    }

    /// What the world has at that address now, else the folder's document, else a 404.
    package func answer(to request: ReplayRequest) -> ReplayAnswer {
        world?.answer(to: request, at: now()) ?? folder.answer(to: request)
    }
}
