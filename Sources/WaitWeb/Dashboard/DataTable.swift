/// A table of figures that scrolls by itself where the screen is narrow, also by keyboard.
struct DataTable: Sendable {
    /// The id of the heading that names it.
    let labelledBy: String
    let headings: [String]
    /// Columns of words; the others hold figures, which stand to the right.
    var words: Set<Int> = [0]
    /// Whole rows, the first cell a heading.
    let rows: [Markup]
    /// Its class, by which a narrow screen leaves some columns out.
    var kind: String?

    var markup: Markup {
        let cells = headings.enumerated().map { column, heading -> Markup in
            let kind: Markup? = words.contains(column) ? nil : " class=\"number\""
            return "<th scope=\"col\"\(kind)>\(heading)</th>"
        }
        return """
            <div class="wide" tabindex="0" role="group" aria-labelledby="\(labelledBy)"><table\(kind.map { " class=\"\($0)\"" as Markup })><thead><tr>\(cells)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
