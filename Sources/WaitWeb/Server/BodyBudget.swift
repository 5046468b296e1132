import Synchronization

/// Bytes of answers that clients have not taken yet, over all connections: so many, and no more.
///
/// A client that takes a long answer slowly holds it in memory, of an export the pages that are under way; past the budget others
/// are told to come back. Exports have a budget of their own, so that those that are not read take nothing from other answers.
final class BodyBudget: Sendable {
    /// Smaller answers are not counted: of as many as there may be connections 128 MB at most.
    static let leastBytes = 65_536
    /// What an export holds at a time: the page that the client takes and the next, as rows and as text.
    static let exportBytes = 1_000_000
    private let most: Int
    private let used = Atomic<Int>(0)

    init(bytes: Int) {
        most = bytes
    }

    /// Holds room for a body until the hold is let go of; nil for one that is not counted.
    /// - Throws: `Problem.busy` where there is no room.
    func hold(_ bytes: Int) throws(Problem) -> Hold? {
        guard bytes >= Self.leastBytes else { return nil }
        let hold = Hold(bytes, of: self)
        // One that is too large by itself is sent when it is the only one.
        guard used.load(ordering: .relaxed) <= max(most, bytes) else { throw Problem.busy }
        return hold
    }

    /// What is held now, for tests.
    var heldBytes: Int { used.load(ordering: .relaxed) }

    final class Hold: Sendable {
        private let bytes: Int
        private let budget: BodyBudget

        fileprivate init(_ bytes: Int, of budget: BodyBudget) {
            (self.bytes, self.budget) = (bytes, budget)
            budget.used.add(bytes, ordering: .relaxed)
        }

        deinit {
            budget.used.subtract(bytes, ordering: .relaxed)
        }
    }
}
