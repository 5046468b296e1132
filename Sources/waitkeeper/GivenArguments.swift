import ArgumentParser
import Foundation
import WaitCore

/// What is wrong with the words of a command line that the argument parser lets pass or does not explain.
enum GivenArguments {
    /// Checks the words after the command's own name.
    /// - Parameter asked: becomes the subcommand that the words name.
    /// - Throws: `ValidationError` where a subcommand is unknown, also one that help is asked of, and where an option that holds one
    ///   value is given twice: either may be meant.
    static func check(_ words: [String], asked: inout any ParsableCommand.Type) throws {
        guard let first = words.first, !first.hasPrefix("-") else { return }
        guard first != "help" else {
            if let asked = words.dropFirst().first { _ = try subcommand(asked) }
            return
        }
        guard let subcommand = try subcommand(first) else { return }
        asked = subcommand
        let dashed = words.dropFirst().prefix { $0 != "--" }.filter { $0.hasPrefix("-") }
        // One option cannot be there twice, and to describe a command takes milliseconds.
        guard dashed.count > 1 else { return }
        let options = try Description.of(subcommand).options
        var given: Set<String> = []
        for word in dashed {
            let name = String(word.prefix { $0 != "=" })
            guard let option = options[name] else { continue }
            guard given.insert(option).inserted else {
                throw ValidationError("\(option) is given twice; give it once.")
            }
        }
    }

    /// The error and how the subcommand is used, as the argument parser words its own.
    static func text(of error: ValidationError, in command: any ParsableCommand.Type) -> String {
        let name = command == Waitkeeper.self ? "waitkeeper" : "waitkeeper \(command._commandName)"
        return """
            Error: \(error.message)
            Usage: \(Waitkeeper.usageString(for: command))
              See '\(name) --help' for more information.
            """
    }

    /// The subcommand of that name; nil for help and options.
    private static func subcommand(_ name: String) throws -> (any ParsableCommand.Type)? {
        let all = Waitkeeper.configuration.subcommands
        if let subcommand = all.first(where: { $0._commandName == name }) { return subcommand }
        guard name != "help", !name.hasPrefix("-") else { return nil }
        let advice = Suggestion.advice(
            for: name, among: all.map { $0._commandName }, otherwise: "\"waitkeeper --help\" lists them all.")
        throw ValidationError("\"\(name)\" is not a command; \(advice)")
    }

    /// The parser's own description of the command, as far as it is needed here.
    private struct Description: Decodable {
        let command: Command

        struct Command: Decodable {
            let arguments: [Argument]?
        }

        struct Argument: Decodable {
            let kind: String
            let isRepeating: Bool
            let names: [Name]?
        }

        struct Name: Decodable {
            let kind: String
            let name: String

            var written: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        static func of(_ command: any ParsableCommand.Type) throws -> Description {
            try JSONDecoder().decode(Self.self, from: Data(command._dumpHelp().utf8))
        }

        /// The options that hold one value: each of an option's names, with the first of them.
        var options: [String: String] {
            var options: [String: String] = [:]
            for argument in command.arguments ?? [] where argument.kind == "option" && !argument.isRepeating {
                for name in argument.names ?? [] {
                    options[name.written] = argument.names?.first?.written
                }
            }
            return options
        }
    }
}
