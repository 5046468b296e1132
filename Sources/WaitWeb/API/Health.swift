extension Endpoint {
    static let health = Endpoint(
        "/healthz", "Whether the server can read the record: 200 if it can, 503 if not.",
        schema: .fields(["status": .word(["ok"]), "version": .text(), "simulated": .flag]), dependsOn: .moment
    ) { _, context in
        let isSimulated: Bool
        do {
            try context.database.probe()
            isSimulated = try context.database.isSimulated()
        } catch {
            // Whatever it is: who watches the server learns that it cannot do its work.
            throw Problem.unavailable
        }
        return .json { json in
            json.field("status", "ok")
            json.field("version", context.version)
            json.field("simulated", isSimulated)
        }
    }
}
