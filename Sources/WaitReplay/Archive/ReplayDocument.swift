package import WaitCore

import struct Foundation.Date
import struct Foundation.URL

/// What is wrong with one version in the archive; a version can have several.
package enum ReplayFault: Sendable, Hashable, CaseIterable {
    /// Listed, but the storage answers 404, and no bundle holds it.
    case lost
    /// Its member of a bundle holds the first half of its bytes only, with the right CRC for those: the ZIP is valid,
    /// the document is not.
    case cutInBundle
    /// The storage gives the first half of its bytes only, as if that were all.
    case cutAtStorage
    /// Its member stands twice in a bundle, the same bytes under the same name.
    case doubledInBundle
}

/// A version of a document that the archive lists.
package struct ReplayVersion: Sendable, Hashable {
    /// When the archive captured it.
    package let stamp: HongKongMinute
    package let faults: Set<ReplayFault>

    package init(stamp: HongKongMinute, faults: Set<ReplayFault> = []) {
        self.stamp = stamp
        self.faults = faults
    }
}

/// The archive's versions of one document.
package struct ReplayDocument: Sendable {
    /// The key it is asked for by: `https://…` and `http://…` are different ones.
    package let url: String
    /// Oldest first, one for each stamp.
    package let versions: [ReplayVersion]
    /// The exact document captured at a stamp; nil counts as lost.
    let bytes: @Sendable (HongKongMinute) -> [UInt8]?
    /// Shared by all copies of this value.
    let store = ArchiveStore()

    /// - Parameters:
    ///   - versions: in any order; of two with one stamp the faults are joined.
    ///   - bytes: the exact document captured at a stamp, the same each time it is asked; nil counts as lost.
    package init(
        url: String,
        versions: [ReplayVersion],
        bytes: @escaping @Sendable (HongKongMinute) -> [UInt8]?
    ) {
        self.url = url
        self.bytes = bytes
        let faults = Dictionary(versions.map { ($0.stamp, $0.faults) }) { $0.union($1) }
        self.versions = faults.map { ReplayVersion(stamp: $0.key, faults: $0.value) }.sorted { $0.stamp < $1.stamp }
    }

    /// The versions of one of the six A&E documents of a simulated world.
    ///
    /// Each holds what the world had on offer on the first second of the stamp's minute: unless publishing is
    /// punctual, that is mostly the document of the slot before.
    ///
    /// - Parameters:
    ///   - url: a document's address, in its `https://…` or `http://…` spelling.
    ///   - faults: what is wrong with the versions of which stamps.
    package init(
        url: String,
        world: SimulatedWorld,
        stamps: [HongKongMinute],
        faults: [HongKongMinute: Set<ReplayFault>] = [:]
    ) {
        let request = ReplayRequest(target: URL(string: url)?.path() ?? "")
        self.init(url: url, versions: stamps.map { ReplayVersion(stamp: $0, faults: faults[$0] ?? []) }) { stamp in
            world.answer(to: request, at: stamp.date)?.body
        }
    }

    /// The version of a stamp.
    func version(at stamp: HongKongMinute) -> ReplayVersion? {
        let index = firstIndex(from: stamp)
        return index < versions.count && versions[index].stamp == stamp ? versions[index] : nil
    }

    /// The versions with stamps in `[start, end)`.
    func versions(from start: HongKongMinute, to end: HongKongMinute) -> ArraySlice<ReplayVersion> {
        let first = firstIndex(from: start)
        return versions[first..<max(first, firstIndex(from: end))]
    }

    /// The index of the first version at a stamp or later: binary search.
    private func firstIndex(from stamp: HongKongMinute) -> Int {
        var (low, high) = (0, versions.count)
        while low < high {
            let middle = (low + high) / 2
            if versions[middle].stamp < stamp { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
