import Synchronization

/// Finished answers by request target and encoding, bounded in bytes.
///
/// Two halves: what is used moves to the young one; when that is full it becomes the old one, and what was old goes.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        /// As in the request line.
        let target: String
        let isGzip: Bool
    }

    private struct Halves {
        var young: [Key: CachedResponse] = [:]
        var old: [Key: CachedResponse] = [:]
        var youngCost = 0
    }

    private let halves = Mutex(Halves())
    private let mostCost: Int

    /// - Parameter bytes: what the whole may take.
    init(bytes: Int) {
        mostCost = bytes / 2
    }

    func find(_ key: Key) -> CachedResponse? {
        halves.withLock { halves in
            if let answer = halves.young[key] { return answer }
            guard let answer = halves.old.removeValue(forKey: key) else { return nil }
            insert(answer, key, &halves)
            return answer
        }
    }

    /// Keeps the answer, in place of an earlier one; one that is larger than a half is not kept.
    func keep(_ answer: CachedResponse, for key: Key) {
        guard answer.cost <= mostCost / 2 else { return }
        halves.withLock { halves in
            halves.old[key] = nil
            insert(answer, key, &halves)
        }
    }

    private func insert(_ answer: CachedResponse, _ key: Key, _ halves: inout sending Halves) {
        if let former = halves.young.updateValue(answer, forKey: key) { halves.youngCost -= cost(former, key) }
        halves.youngCost += cost(answer, key)
        guard halves.youngCost > mostCost else { return }
        halves.old = halves.young
        halves.young = [:]
        halves.youngCost = 0
    }

    private func cost(_ answer: CachedResponse, _ key: Key) -> Int {
        answer.cost + key.target.utf8.count
    }

    /// What is held now, for tests: at most the bytes it was made with.
    var heldCost: Int {
        halves.withLock { halves in
            (halves.young.map { cost($1, $0) } + halves.old.map { cost($1, $0) }).reduce(0, +)
        }
    }
}
