/// What was probably meant by a name that is not known.
package enum Suggestion {
    /// The name that `text` is most like: the same but for case and punctuation, else a few letters away, at most one in four.
    ///
    /// A longer name is also compared by its beginning. Of equally near names the first is taken; nil where none is near.
    package static func nearest(to text: String, among names: [String]) -> String? {
        let plain = plain(text)
        guard !plain.isEmpty, plain.count <= 60 else { return nil }
        let allowed = min(max(1, plain.count / 4), 3)
        let distances = names.map { ($0, distance(of: plain, to: Self.plain($0))) }
        return distances.filter { $0.1 <= allowed }.min { $0.1 < $1.1 }?.0
    }

    /// `did you mean NAME?`, with `prefix` before the name, or `otherwise` where no name is near.
    package static func advice(
        for text: String, among names: [String], prefix: String = "", otherwise: String
    ) -> String {
        nearest(to: text, among: names).map { "did you mean \(prefix)\($0)?" } ?? otherwise
    }

    /// Letters and digits in lower case.
    package static func plain(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func distance(of text: String, to name: String) -> Int {
        let whole = distance(Array(text), Array(name))
        guard text.count >= 5, name.count > text.count else { return whole }
        return min(whole, distance(Array(text), Array(name.prefix(text.count))))
    }

    /// How many letters are to be put in, left out, changed or swapped with their neighbour to make one text of another.
    ///
    /// (The optimal string alignment distance; time and memory are those of a table of both lengths.)
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var rows = [Array(0...other.count)]
        for (i, letter) in one.enumerated() {
            var row = [i + 1]
            for (j, otherLetter) in other.enumerated() {
                let change = rows[i][j] + (letter == otherLetter ? 0 : 1)
                var least = min(change, rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == other[j - 1], one[i - 1] == otherLetter {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
