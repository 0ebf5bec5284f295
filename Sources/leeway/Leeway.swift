import LeewayCLI

@main
enum Leeway {
    static func main() async { await CommandLineProgram.main() }
}
