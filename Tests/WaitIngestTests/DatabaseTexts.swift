import GRDB

extension Database {
    func count(_ sql: String) throws -> Int {
        try Int.fetchOne(self, sql: sql) ?? 0
    }

    func texts(_ sql: String) throws -> [String] {
        try String.fetchAll(self, sql: sql)
    }
}
