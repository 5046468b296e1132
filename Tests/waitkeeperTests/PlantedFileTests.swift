import Foundation
import Testing

@testable import waitkeeper

/// What another user may have put into a folder that both may write.
@Suite("A file is written through no link that somebody has planted")
struct PlantedFileTests {
    @Test("and gets its name at the end, with a temporary one that cannot be guessed")
    func temporaryName() async throws {
        try await Command.withFolder { folder in
            let path = folder.appending(path: "out.csv").path
            var names: Set<String> = []
            for _ in 0..<5 {
                var file = try OutputFile(path: path, .anything)
                names.insert(file.writtenPath)
                #expect(file.writtenPath.hasPrefix("\(path).") && file.writtenPath.hasSuffix(".part"))
                try file.write(Array("a".utf8))
                try file.finish()
            }
            #expect(names.count == 5 && !names.contains { $0.contains(".\(getpid()).") })
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.csv"])
        }
    }

    @Test("but a link of one's own stays one, and what it leads to is replaced")
    func ownLink() async throws {
        try await Command.withFolder { folder in
            let (link, target) = (folder.appending(path: "out.csv").path, folder.appending(path: "target.csv").path)
            try Data("old".utf8).write(to: URL(fileURLWithPath: target))
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.csv")
            var file = try OutputFile(path: link, .anything)
            try file.write(Array("new".utf8))
            try file.finish()
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target.csv")
        }
    }

    @Test(
        "and one of another user is refused",
        .enabled(if: geteuid() == 0, "only root can make a link in another user's name"),
        arguments: ["export hospitals --force -o out.csv", "backup out.csv"])
    func foreignLink(line: String) async throws {
        try await Command.withFolder { folder in
            let poll = try Command.run(["demo", "--database", "record.sqlite"], in: folder)
            #expect(poll.status == 0)
            let victim = folder.appending(path: "victim")
            try Data("mine".utf8).write(to: victim)
            let link = folder.appending(path: "out.csv").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim.path)
            try #require(lchown(link, 65_534, 65_534) == 0)
            let arguments = line.split(separator: " ").map(String.init) + ["--database", "record.sqlite"]
            let result = try Command.run(arguments, in: folder)
            #expect(result.status == 1)
            #expect(try String(contentsOf: victim, encoding: .utf8) == "mine")
        }
    }
}
