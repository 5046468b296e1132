/// Where the process begins.
@main
enum Main {
    static func main() async {
        Console.ignoreBrokenPipes()
        await Waitkeeper.main()
    }
}
