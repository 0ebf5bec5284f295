import Foundation
import Testing

/// A project with two versions of one model, of a part of the Adult table; trained once for all tests.
enum ServingProject {
    static let fields = [
        "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship",
        "race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country",
    ]
    private static let numbers: Set = [
        "age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week",
    ]

    private static let lines: [[String]] = {
        let file = Program.sourceTree.appending(path: ".data/adult/adult.data").path
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").prefix(4000).map { line in
            line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }()

    private static let trained = Task {
        let workspace = try Workspace().keptUntilExit()
        try workspace.write(lines.map { $0.joined(separator: ",") + "\n" }.joined(), to: "adult.csv")
        for penalty in [1, 0.001] {
            try workspace.write(configuration(workspace.url("adult.csv").path, penalty), to: "leeway.yaml")
            try await workspace.leewayWorks("run", "--quiet")
        }
        return workspace
    }

    private static func configuration(_ path: String, _ penalty: Double) -> String {
        """
        name: adult
        source: {path: \(path), names: [\(fields.joined(separator: ", ")), income], null_values: ["?"]}
        target: {column: income, positive: ">50K"}
        model: {C: \(penalty)}
        evaluation: {bootstrap: 0}

        """
    }

    /// A copy of the project, with a section `serving` of such lines.
    static func make(_ serving: String...) async throws -> Workspace {
        let (workspace, trained) = (try Workspace(), try await trained.value)
        try FileManager.default.copyItem(at: trained.url(".leeway"), to: workspace.url(".leeway"))
        let lines = serving.isEmpty ? ["port: 0"] : serving
        try workspace.write("serving:\n" + lines.map { "  \($0)\n" }.joined(), to: "leeway.yaml")
        return workspace
    }

    /// Registers one more version, with another configuration file.
    static func trainAnother(in project: Workspace) async throws {
        let path = try await trained.value.url("adult.csv").path
        try project.write(configuration(path, 0.1), to: "another.yaml")
        try await project.leewayWorks("run", "--quiet", "-c", "another.yaml")
    }

    /// Registers a second model, `numbers`, whose fields are three numbers between -3 and 3.
    static func trainNumbers(in project: Workspace) async throws {
        let rows = (0..<400).map { row in
            let values = [17, 29, 43].map { Double(row * $0 % 601) / 100 - 3 }
            let isPositive = values[0] + values[1] - values[2] > Double(row % 5) - 2
            return (values.map { "\($0)" } + [isPositive ? "yes" : "no"]).joined(separator: ",")
        }
        try project.write((["a,b,c,y"] + rows).joined(separator: "\n") + "\n", to: "numbers.csv")
        try project.write("name: numbers\nsource: {path: numbers.csv}\ntarget: y\n", to: "numbers.yaml")
        try await project.leewayWorks("run", "--quiet", "-c", "numbers.yaml")
    }

    /// A row of the table as a JSON object; some of its fields changed.
    static func row(_ number: Int, changing changes: [String: String] = [:]) -> String {
        let cells = lines[number % lines.count]
        let members = zip(fields, cells).map { name, cell in
            let value = cell == "?" ? "null" : numbers.contains(name) ? cell : "\"\(cell)\""
            return "\"\(name)\":\(changes[name] ?? value)"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// Rows as a JSON list.
    static func rows(_ numbers: Range<Int>) -> String {
        "[" + numbers.map { row($0) }.joined(separator: ",") + "]"
    }

    /// Rows as a request of the Open Inference Protocol V2, a tensor a column.
    static func inference(_ numbers: Range<Int>) -> String {
        let inputs = fields.enumerated().map { place, name in
            let isNumber = Self.numbers.contains(name)
            let cells = numbers.map { isNumber ? lines[$0][place] : "\"\(lines[$0][place])\"" }
            let type = isNumber ? "INT64" : "BYTES"
            return
                #"{"name":"\#(name)","datatype":"\#(type)","shape":[\#(cells.count)],"data":[\#(cells.joined(separator: ","))]}"#
        }
        return #"{"inputs":[\#(inputs.joined(separator: ","))]}"#
    }

    /// Rows as MLflow's `dataframe_split`.
    static func split(_ numbers: Range<Int>) -> String {
        let rows = numbers.map { number in
            let cells = zip(fields, lines[number]).map { name, cell in
                cell == "?" ? "null" : Self.numbers.contains(name) ? cell : "\"\(cell)\""
            }
            return "[\(cells.joined(separator: ","))]"
        }
        let columns = fields.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"dataframe_split":{"columns":[\#(columns)],"data":[\#(rows.joined(separator: ","))]}}"#
    }

    /// Rows as CSV.
    static func csv(_ numbers: Range<Int>) -> String {
        let body = numbers.map { number in
            lines[number % lines.count].prefix(fields.count).map { $0 == "?" ? "" : $0 }.joined(separator: ",") + "\n"
        }
        return fields.joined(separator: ",") + "\n" + body.joined()
    }
}

/// A program of `Tests/Clients`, or another tool.
enum Tool {
    /// The interpreter of the virtual environment of clients.
    static let python = Program.sourceTree.appending(path: ".peers/serving/bin/python").path
    static let hasClients = FileManager.default.isExecutableFile(atPath: python)
    static let needsClients: Comment =
        "Left out: .peers/serving is not there. 'Scripts/setup-peers.sh serving' makes it."

    static let promtool: String? = {
        let own = Program.sourceTree.appending(path: ".peers/promtool/usr/bin/promtool").path
        return FileManager.default.isExecutableFile(atPath: own) ? own : path(of: "promtool")
    }()
    static let needsPromtool: Comment = "Left out: there is no promtool. 'Scripts/setup-peers.sh serving' fetches it."

    /// Where a command lies.
    static func path(of command: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
            .map { "\($0)/\(command)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a command to its end.
    static func run(_ words: [String], in folder: URL) async throws -> Program.Ending {
        let environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "LANG": "C.UTF-8",
        ]
        return try await RunningProgram(words, in: folder, environment: environment).ending()
    }

    /// Where a client program lies.
    static func client(_ name: String) -> String {
        Program.sourceTree.appending(path: "Tests/Clients/\(name)").path
    }
}
