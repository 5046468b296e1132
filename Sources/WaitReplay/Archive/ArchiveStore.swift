import Synchronization

/// A bundle as built: the file and what a listing says of it.
struct BuiltBundle: Sendable {
    /// How large each version is that the bundle's days hold, faults or not, oldest first.
    let versionBytes: [Int]
    let zip: [UInt8]
    let tag: String
}

/// The bundles of one document that were built so far, each once: the sizes of all, the files of the latest used.
final class ArchiveStore: Sendable {
    /// What a listing says of a bundle.
    struct Sizes: Sendable {
        let versionBytes: [Int]
        let zipBytes: Int
    }

    /// A month of A&E documents is about 11 MB.
    private static let keptFiles = 16

    private struct State {
        var sizes: [ArchiveBundle: Sizes] = [:]
        /// The latest used last.
        var files: [(bundle: ArchiveBundle, built: BuiltBundle)] = []

        /// Keeps a bundle as the one used last.
        @discardableResult
        mutating func keep(_ built: BuiltBundle, of bundle: ArchiveBundle) -> Sizes {
            let known = Sizes(versionBytes: built.versionBytes, zipBytes: built.zip.count)
            sizes[bundle] = known
            files.append((bundle, built))
            if files.count > ArchiveStore.keptFiles { files.removeFirst() }
            return known
        }
    }

    private let state = Mutex(State())

    /// The sizes of a bundle, which is built where it never was.
    func sizes(of bundle: ArchiveBundle, build: () -> BuiltBundle) -> Sizes {
        state.withLock { state in
            if let sizes = state.sizes[bundle] { return sizes }
            let built = build()
            return state.keep(built, of: bundle)
        }
    }

    /// A bundle, built when it is first asked for.
    func bundle(_ bundle: ArchiveBundle, build: () -> BuiltBundle) -> BuiltBundle {
        state.withLock { state in
            let index = state.files.firstIndex { $0.bundle == bundle }
            let built = index.map { state.files.remove(at: $0).built } ?? build()
            state.keep(built, of: bundle)
            return built
        }
    }
}
