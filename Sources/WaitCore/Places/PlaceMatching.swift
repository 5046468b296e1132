/// A place as the record knows it, with what it can be recognised by.
package struct KnownPlace: Hashable, Sendable {
    package let id: Int64
    package let coordinates: Coordinates?
    /// Every name it was ever published under, any language, as `PlaceName.key`.
    package let nameKeys: Set<String>

    package init(id: Int64, coordinates: Coordinates?, nameKeys: Set<String>) {
        (self.id, self.coordinates, self.nameKeys) = (id, coordinates, nameKeys)
    }
}

/// Which known place each entry of a directory is.
package enum PlaceMatching {
    /// Exact coordinates first, one to one; then names with suffix, case and punctuation taken off, one to one.
    ///
    /// Both lists are of one kind of place: 10 clinics share their coordinates with a specialist clinic and 7 with a
    /// hospital. Coordinates or names that stand twice on either side decide nothing.
    /// - Returns: for each of `published` the known place's id, nil where it is a new place.
    package static func match(_ published: [PublishedPlace], with known: [KnownPlace]) -> [Int64?] {
        var result = [Int64?](repeating: nil, count: published.count)
        var free = known
        pair(
            &result, &free, keys: published.map { Set($0.coordinates.map { [$0] } ?? []) },
            known: { $0.coordinates.map { [$0] } ?? [] })
        pair(&result, &free, keys: published.map(nameKeys), known: \.nameKeys)
        return result
    }

    /// For each entry the position of the first one that lists the same place; its own where it is the first.
    ///
    /// Two entries are one place where they have the same coordinates, or the same names in all languages but for case and
    /// punctuation, unless they lead to different known places.
    package static func firsts(_ published: [PublishedPlace], with known: [KnownPlace]) -> [Int] {
        var firsts = Array(published.indices)
        var met: [Sign: [Int]] = [:]
        for (index, place) in published.enumerated() {
            let signs = signs(of: place)
            let first = signs.flatMap { met[$0] ?? [] }.min { $0 < $1 }
            if let first, !leadApart(published[first], place, known) {
                firsts[index] = first
            } else {
                for sign in signs { met[sign, default: []].append(index) }
            }
        }
        return firsts
    }

    private enum Sign: Hashable {
        case point(Coordinates)
        /// In each language, without case, width and punctuation; suffixes stay, as two clinics may differ in them.
        case names([String])
    }

    private static func signs(of place: PublishedPlace) -> [Sign] {
        let point: Coordinates? = place.coordinates
        let names = place.names.map(PlaceName.slug)
        let isNamed = names.contains { $0 != PlaceName.slug(of: "") }
        return (point.map { [.point($0)] } ?? []) + (isNamed ? [.names(names)] : [])
    }

    /// Whether both are known, as different places.
    private static func leadApart(_ one: PublishedPlace, _ other: PublishedPlace, _ known: [KnownPlace]) -> Bool {
        let byName = [one, other].map { place in
            Set(known.filter { !$0.nameKeys.isDisjoint(with: nameKeys(place)) }.map(\.id))
        }
        let byPoint = [one, other].map { place in
            let point: Coordinates? = place.coordinates
            return Set(known.filter { $0.coordinates != nil && $0.coordinates == point }.map(\.id))
        }
        return [byName, byPoint].contains { !$0[0].isEmpty && !$0[1].isEmpty && $0[0].isDisjoint(with: $0[1]) }
    }

    private static func nameKeys(_ place: PublishedPlace) -> Set<String> {
        Set(place.names.map(PlaceName.key)).subtracting([""])
    }

    /// Pairs what is still unpaired where a key stands for exactly one on each side.
    private static func pair<Key: Hashable>(
        _ result: inout [Int64?], _ free: inout [KnownPlace], keys: [Set<Key>], known: (KnownPlace) -> Set<Key>
    ) {
        let published = owners(keys.indices.filter { result[$0] == nil }, keys: { keys[$0] })
        let candidates = owners(free.indices, keys: { known(free[$0]) })
        var taken: Set<Int> = []
        for index in keys.indices where result[index] == nil {
            let matches = Set(
                keys[index].filter { published[$0]?.count == 1 }
                    .compactMap { candidates[$0]?.count == 1 ? candidates[$0]?.first : nil })
            guard matches.count == 1, let match = matches.first, taken.insert(match).inserted else { continue }
            result[index] = free[match].id
        }
        free = free.indices.filter { !taken.contains($0) }.map { free[$0] }
    }

    private static func owners<Key: Hashable>(_ indices: some Sequence<Int>, keys: (Int) -> Set<Key>) -> [Key: Set<Int>]
    {
        var owners: [Key: Set<Int>] = [:]
        for index in indices {
            for key in keys(index) { owners[key, default: []].insert(index) }
        }
        return owners
    }
}
