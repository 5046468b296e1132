import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import waitkeeper

/// Every subcommand's `--help`, held as a snapshot; `make snapshots` writes them anew.
@Suite("The help")
struct HelpTests {
    static let folder = Documents.root.appending(path: "Tests/waitkeeperTests/Snapshots")
    static let commands: [any ParsableCommand.Type] =
        [Waitkeeper.self] + Waitkeeper.configuration.subcommands

    @Test("reads as its snapshot", arguments: commands.map(name))
    func snapshot(name: String) throws {
        let command = try #require(Self.commands.first { Self.name($0) == name })
        let help = Waitkeeper.helpMessage(for: command, columns: 100)
        let file = Self.folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["WAITKEEPER_WRITE_SNAPSHOTS"] != nil {
            try Data((help + "\n").utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == help + "\n")
    }

    @Test("has examples for every subcommand", arguments: commands.map(name))
    func examples(name: String) throws {
        let command = try #require(Self.commands.first { Self.name($0) == name })
        #expect(command.configuration.discussion.contains("EXAMPLES:"))
    }

    @Test("has examples that fit a terminal of 80 columns: pasted, each is one command", arguments: commands.map(name))
    func width(name: String) throws {
        let command = try #require(Self.commands.first { Self.name($0) == name })
        let examples = command.configuration.discussion.components(separatedBy: "EXAMPLES:").last ?? ""
        for line in examples.split(separator: "\n") where line.hasPrefix(" ") {
            #expect(line.count < 80, "\(line)")
        }
    }

    static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)".lowercased()
    }
}
