extension Feed {
    /// The Hospital Authority's institutions, with or without an A&E department.
    package static let hospitalDirectory = directory(
        id: "hospital-directory", title: "hospital directory", kind: .hospital,
        files: ["facility-hosp.json"])

    /// A feed of directory documents; where several answer, the last of `files` wins.
    static func directory(id: String, title: String, kind: PlaceKind, files: [String]) -> Feed {
        Feed(
            id: id, title: title,
            documents: files.map { Document(url: "https://www.ha.org.hk/opendata/\($0)") },
            rhythm: .daily, defaultLanguages: [], life: Life(), figures: [],
            read: { bytes, _ throws(ReadFault) in .places(try DirectoryDocument(bytes: bytes, kind: kind)) })
    }
}
