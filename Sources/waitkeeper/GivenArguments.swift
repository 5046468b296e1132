import ArgumentParser
import Foundation
import WaitCore

/// What is wrong with the words of a command line that the argument parser lets pass or does not explain.
enum GivenArguments {
    /// Checks the words after the command's own name.
    /// - Throws: `ValidationError` where a subcommand is unknown, also one that help is asked of, and where an option that holds one
    ///   value is given twice: which of the two is meant nobody knows.
    static func check(_ words: [String]) throws {
        guard let first = words.first, !first.hasPrefix("-") else { return }
        guard first != "help" else {
            if let asked = words.dropFirst().first { try checkSubcommand(asked) }
            return
        }
        try checkSubcommand(first)
        let options = try Description.ofCommand().options(of: first)
        var given: Set<String> = []
        for word in words.dropFirst().prefix(while: { $0 != "--" }) where word.hasPrefix("-") {
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

    private static func checkSubcommand(_ name: String) throws {
        let known = Waitkeeper.configuration.subcommands.map { $0._commandName }
        guard name != "help", !known.contains(name), !name.hasPrefix("-") else { return }
        let advice = Suggestion.advice(for: name, among: known, otherwise: "\"waitkeeper --help\" lists them all.")
        throw ValidationError("\"\(name)\" is not a command; \(advice)")
    }

    /// The parser's own description of the command, as far as it is needed here.
    private struct Description: Decodable {
        let command: Command

        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
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

        static func ofCommand() throws -> Description {
            try JSONDecoder().decode(Self.self, from: Data(Waitkeeper._dumpHelp().utf8))
        }

        /// The subcommand's options that hold one value: each of an option's names, with the first of them.
        func options(of subcommand: String) -> [String: String] {
            let arguments = command.subcommands?.first { $0.commandName == subcommand }?.arguments ?? []
            var options: [String: String] = [:]
            for argument in arguments where argument.kind == "option" && !argument.isRepeating {
                for name in argument.names ?? [] {
                    options[name.written] = argument.names?.first?.written
                }
            }
            return options
        }
    }
}
