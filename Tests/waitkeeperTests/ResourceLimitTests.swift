import Foundation
import Testing

@testable import waitkeeper

@Suite("A process with too little of something says so before it begins")
struct ResourceLimitTests {
    @Test(
        "of which thing, how much there is and how much is needed",
        arguments: [
            (
                12, Int.max, Int.max,
                "may open only 12 files, but needs 64: raise the limit (\"ulimit -n\", LimitNOFILE=)."
            ),
            (63, Int.max, Int.max, "may open only 63 files"), (64, Int.max, Int.max, nil),
            (1_024, 400 << 20, Int.max, "only 400MB of address space, but needs 512"),
            (1_024, 512 << 20, Int.max, nil), (1_024, Int.max, 60 << 20, "only 60MB of data, but needs 64"),
            (1_024, Int.max, Int.max, nil),
        ] as [(Int, Int, Int, String?)])
    func refusal(files: Int, address: Int, data: Int, says: String?) throws {
        let refusal = ResourceLimits.refusal(files: files, addressBytes: address, dataBytes: data)
        guard let says else {
            #expect(refusal == nil)
            return
        }
        #expect(try #require(refusal).contains(says))
    }

    @Test("with 1 and no trace of the stack", arguments: ["ulimit -n 12", "ulimit -n 20", "ulimit -v 400000"])
    func process(preparation: String) throws {
        let result = try Command.shell("status --database /nowhere/record.sqlite", after: preparation)
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: This process may") && !result.errors.contains("Backtrac"))
    }

    @Test("and one whose soft limit alone is low raises it")
    func raised() throws {
        let result = try Command.shell("status --database /nowhere/record.sqlite", after: "ulimit -S -n 20")
        #expect(result.status == 1 && result.errors.contains("There is no record at /nowhere/record.sqlite"))
    }
}
