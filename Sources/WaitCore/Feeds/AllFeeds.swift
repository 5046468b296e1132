extension Feed {
    /// Every feed, in the order of a pass: places first, so that names are known when figures arrive.
    package static let all: [Feed] = [
        hospitalDirectory,
        clinicDirectory,
        specialistDirectory,
        aeWait,
        aeTopWait,
        clinicQuota,
    ]

    /// The feed and the document that an address belongs to, now or before; nil where this version knows no such document.
    package static func holding(url: String) -> (feed: Feed, document: Document)? {
        for feed in all {
            if let document = feed.documents.first(where: { $0.isAt(url) }) { return (feed, document) }
        }
        let imported = Document(url: url)
        return AneHKFile.isOne(imported) ? (aeTopWait, imported) : nil
    }

    /// The feed of that name, nil where there is none.
    package static func named(_ id: String) -> Feed? {
        all.first { $0.id == id }
    }
}
