import ArgumentParser
import WaitStore

/// Where the process begins.
@main
enum Main {
    static func main() async {
        Console.ignoreBrokenPipes()
        Console.useHongKongTime()
        do {
            try ResourceLimits.check()
            var command = try await Waitkeeper.asyncParseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where StoreError.isBare(error) {
            // A damaged file is met anywhere; SQLite's words are not for people.
            Waitkeeper.exit(withError: CommandError(StoreError.sentence(error, path: "The record")))
        } catch {
            Waitkeeper.exit(withError: error)
        }
    }
}
