extension Endpoint {
    private static let file = Parameter.word("file", Asset.allCases.map(\.rawValue), "A file that pages load.")
    private static let fingerprint = Parameter<String>(
        name: "v", about: "The file's fingerprint: with the one that pages give, the answer may be kept for ever.",
        example: "1a2b3c", schema: .text(pattern: "^[0-9a-z]{1,20}$"), expectation: "a file's fingerprint"
    ) { text in
        (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
            ? text : nil
    }

    static let asset = Endpoint(
        "/assets/{file}", "Style sheets and scripts of the pages.",
        parameters: [.path(file), .query(fingerprint)], mediaTypes: [.css, .javaScript, .svg], dependsOn: .version
    ) { query, context in
        guard let asset = query[file].flatMap(Asset.init(rawValue:)), let bytes = context.assets.bytes(asset) else {
            throw Problem.notFound(
                "This library is not installed here; docs/settings.md says which folder it is looked for in.")
        }
        let isCurrent = context.assets.isCurrent(asset, query[fingerprint])
        return Answer(
            mediaType: asset.mediaType, body: .bytes(bytes), lifetime: isCurrent ? .forever : .checked,
            fingerprint: context.assets.address(asset))
    }
}
