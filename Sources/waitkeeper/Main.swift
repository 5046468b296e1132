import ArgumentParser
import WaitStore

/// Where the process begins.
@main
enum Main {
    static func main() async {
        Console.ignoreBrokenPipes()
        Console.useHongKongTime()
        var asked: any ParsableCommand.Type = Waitkeeper.self
        do {
            try ResourceLimits.check()
            try GivenArguments.check(Array(CommandLine.arguments.dropFirst()), asked: &asked)
            var command = try await Waitkeeper.asyncParseAsRoot(nil)
            asked = type(of: command)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where StoreError.isBare(error) {
            // A damaged file is met anywhere; SQLite's words are not for people.
            Waitkeeper.exit(withError: CommandError(StoreError.sentence(error, path: "The record")))
        } catch let error as ValidationError {
            Console.note(GivenArguments.text(of: error, in: asked))
            Waitkeeper.exit(withError: ExitCode.validationFailure)
        } catch {
            Waitkeeper.exit(withError: error)
        }
    }
}
