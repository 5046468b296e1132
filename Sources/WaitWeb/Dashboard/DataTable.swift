/// A table of figures that scrolls by itself where the screen is narrow, also by keyboard.
struct DataTable: Sendable {
    /// The id of the heading that names it.
    let labelledBy: String
    let headings: [String]
    /// Whole rows, the first cell a heading.
    let rows: [Markup]

    var markup: Markup {
        let cells = headings.map { "<th scope=\"col\">\($0)</th>" as Markup }
        return """
            <div class="wide" tabindex="0" role="region" aria-labelledby="\(labelledBy)"><table><thead><tr>\(cells)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
