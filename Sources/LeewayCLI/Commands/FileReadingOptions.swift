import ArgumentParser
import LeewayWorkflow

/// How new CSV files are read.
struct FileReadingOptions: ParsableArguments {
    @Option(help: "The character between a CSV file's values; found by itself where it is not given.")
    var delimiter: String?

    @Flag(help: "The CSV files have no header: their columns are those of the training data, in their order.")
    var noHeader = false

    @Option(help: "Lines to skip at the start of each CSV file.")
    var skipLines = 0

    func validate() throws {
        guard skipLines >= 0 else { throw ValidationError("--skip-lines must be 0 or more.") }
    }

    /// The same as the workflow takes it.
    var options: FileOptions {
        var options = FileOptions()
        options.delimiter = delimiter == "\\t" ? "\t" : delimiter
        options.header = !noHeader
        options.skipLines = skipLines
        return options
    }
}
