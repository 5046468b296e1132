/// Which records of two languages are one clinic's.
///
/// English clinic names are abbreviated; Chinese ones equal the directory's. The same clinic has the same period and the same
/// seven quotas in both documents, and where the sessions are written in one language, the same sessions.
package enum QuotaJoin {
    /// A record of one document, reduced to what tells it from others.
    package struct Candidate: Hashable, Sendable {
        package let nameID: Int64
        package let sessions: String
        package let figures: QuotaFigures

        package init(nameID: Int64, sessions: String, figures: QuotaFigures) {
            (self.nameID, self.sessions, self.figures) = (nameID, sessions, figures)
        }
    }

    /// Pairs name ids of `one` and `other` where figures and sessions are unique on both sides, then figures alone.
    package static func pairs(_ one: [Candidate], _ other: [Candidate]) -> [Int64: Int64] {
        var pairs = unique(one, other, by: Exact.init)
        let paired = Set(pairs.values)
        let rest = unique(
            one.filter { pairs[$0.nameID] == nil }, other.filter { !paired.contains($0.nameID) }, by: \.figures)
        pairs.merge(rest) { first, _ in first }
        return pairs
    }

    private struct Exact: Hashable {
        let sessions: String
        let figures: QuotaFigures

        init(_ candidate: Candidate) {
            (sessions, figures) = (candidate.sessions, candidate.figures)
        }
    }

    private static func unique<Key: Hashable>(
        _ one: [Candidate], _ other: [Candidate], by key: (Candidate) -> Key
    ) -> [Int64: Int64] {
        let ours = Dictionary(grouping: one, by: key)
        let theirs = Dictionary(grouping: other, by: key)
        var pairs: [Int64: Int64] = [:]
        for (key, candidates) in ours where candidates.count == 1 && theirs[key]?.count == 1 {
            pairs[candidates[0].nameID] = theirs[key]?.first?.nameID
        }
        return pairs
    }
}
