extension Endpoint {
    static let health = Endpoint(
        "/healthz", "Whether the server can read the record: 200 if it can.",
        schema: .fields(["status": .word(["ok"]), "version": .text()]), dependsOn: .moment
    ) { _, context in
        _ = try context.database.generation()
        return .json { json in
            json.field("status", "ok")
            json.field("version", context.version)
        }
    }
}
