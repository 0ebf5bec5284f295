import ArgumentParser
import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program: parses the command line, runs a command, and ends with the exit code that its outcome has.
package enum CommandLineProgram {
    /// Runs the command line of this process and ends the process.
    package static func main() async -> Never {
        let task = Task { await run() }
        let interruption = Interruption { task.cancel() }
        let code = await task.value
        interruption.end()
        // All that matters is on the disk by now; taking the libraries apart would only take time.
        _exit(code)
    }

    private static func run() async -> Int32 {
        do {
            var command = try LeewayCommand.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch let status as ExitStatus {
            return status.rawValue
        } catch is CancellationError {
            return end(with: LeewayError(.interrupted, ""))
        } catch let error as LeewayError {
            return end(with: error)
        } catch {
            return end(withParserError: error)
        }
    }

    private static func end(with error: LeewayError) -> Int32 {
        // However deep the work was, the user stopped it and knows why.
        let isInterrupted = error.code == .interrupted
        Terminal.standardError.print(
            error: isInterrupted ? LeewayError(.interrupted, "Interrupted: nothing was kept.") : error)
        return ExitStatus(error).rawValue
    }

    /// What the argument parser throws: help and version go to stdout, wrong usage to stderr with exit code 2.
    private static func end(withParserError error: any Error) -> Int32 {
        let message = LeewayCommand.fullMessage(for: error)
        guard LeewayCommand.exitCode(for: error).isSuccess else {
            Terminal.standardError.write(message + "\n")
            return ExitStatus.usage.rawValue
        }
        Terminal.standardOutput.write(message + "\n")
        return ExitStatus.done.rawValue
    }
}
