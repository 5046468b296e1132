import GRDB
import WaitCore

/// Views, feeds and documents against this version's lists and the settings.
extension Verifier {
    /// Views hold no data, and what they show is the record to those who open the file themselves.
    func checkViews() throws {
        let remedy = "any command that writes, such as \"waitkeeper poll\", recreates it."
        for view in Views.all(catalogue) {
            let stored = try Schema.storedText(ofView: view.name, db)
            guard stored != view.text else { continue }
            found(
                "sqlite_schema", view.name,
                stored == nil ? "The view is gone; \(remedy)" : "The view is not this version's; \(remedy)")
        }
    }

    func checkFeeds(lives: [String: Feed.Life]) throws {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM feed") {
            let name: String = try row["name"]
            guard let feed = catalogue.feed(name) else {
                found("feed", name, "This version knows no such feed.")
                continue
            }
            let life = lives[name] ?? feed.life
            let isSame =
                try row["life_from_minute"] == life.from?.sinceEpoch && row["life_to_minute"] == life.to?.sinceEpoch
                && row["evidence"] == life.evidence
            if !isSame {
                found("feed", name, "Its life is not what the settings say; run it with the same --config.")
            }
        }
        try checkDocuments()
    }

    private func checkDocuments() throws {
        for row in try Row.fetchAll(
            db, sql: "SELECT feed.name, url, language FROM document JOIN feed ON feed.id = feed_id")
        {
            let known = catalogue.holding(url: try row["url"])
            guard try known?.feed.id != row["name"] || known?.document.language?.rawValue != row["language"] else {
                continue
            }
            found(
                "document", try row["url"],
                "This version knows no such document of the feed \(try row["name"] as String); its captures are read as the feed's."
            )
        }
    }
}
