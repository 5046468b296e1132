/// Where the process begins.
@main
enum Main {
    static func main() async {
        Console.ignoreBrokenPipes()
        Console.useHongKongTime()
        await Waitkeeper.main()
    }
}
