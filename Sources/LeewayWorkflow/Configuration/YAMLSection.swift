import LeewayCore
import Yams

/// A mapping of a YAML file that remembers which keys were asked for, so that the others can be refused.
struct YAMLSection {
    /// The file's name, for messages.
    let file: String
    /// The section's own key, with those above it: `source.files`; empty at the top.
    let path: String
    private let mapping: Node.Mapping
    private let line: Int?
    private var known: Set<String> = []

    /// Takes a node that must be a mapping.
    init(_ node: Node, path: String, file: String) throws(LeewayError) {
        self.file = file
        self.path = path
        self.line = node.mark?.line
        guard case .mapping(let mapping) = node else {
            throw Self.failure(
                file, node.mark?.line,
                "\(path.isEmpty ? "the file" : "'\(path)'") must be a list of 'key: value' lines.")
        }
        self.mapping = mapping
    }

    /// The node under a key; nil where the key is not there, or has no value.
    mutating func node(_ key: String) -> Node? {
        known.insert(key)
        guard let node = mapping[key] else { return nil }
        if case .scalar(let scalar) = node, scalar.string.isEmpty || scalar.string == "~", scalar.style == .plain {
            return nil
        }
        if case .scalar(let scalar) = node, scalar.string == "null", scalar.style == .plain { return nil }
        return node
    }

    mutating func section(_ key: String) throws(LeewayError) -> YAMLSection? {
        guard let node = node(key) else { return nil }
        return try YAMLSection(node, path: full(key), file: file)
    }

    mutating func string(_ key: String) throws(LeewayError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node else { throw failure(node, "'\(full(key))' must be a single value.") }
        return scalar.string
    }

    mutating func strings(_ key: String) throws(LeewayError) -> [String]? {
        guard let node = node(key) else { return nil }
        switch node {
        case .scalar(let scalar): return [scalar.string]
        case .sequence(let sequence):
            var texts: [String] = []
            for item in sequence {
                guard case .scalar(let scalar) = item else {
                    throw failure(item, "'\(full(key))' must be a list of single values.")
                }
                texts.append(scalar.string)
            }
            return texts
        default: throw failure(node, "'\(full(key))' must be a value or a list of values.")
        }
    }

    mutating func int(_ key: String, in range: ClosedRange<Int>) throws(LeewayError) -> Int? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, let value = Int(scalar.string), range.contains(value) else {
            let bounds =
                range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            throw failure(node, "'\(full(key))' must be a whole number, \(bounds).")
        }
        return value
    }

    mutating func double(_ key: String, _ wanted: String, where isFine: (Double) -> Bool) throws(LeewayError) -> Double?
    {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, let value = Double(scalar.string), value.isFinite, isFine(value) else {
            throw failure(node, "'\(full(key))' must be \(wanted).")
        }
        return value
    }

    mutating func bool(_ key: String) throws(LeewayError) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node else { throw failure(node, "'\(full(key))' must be true or false.") }
        switch scalar.string.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw failure(node, "'\(full(key))' must be true or false.")
        }
    }

    /// One of the cases of an enumeration of texts.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(LeewayError) -> Choice? {
        guard let node = node(key) else { return nil }
        let names = type.allCases.map(\.rawValue)
        guard case .scalar(let scalar) = node, let choice = Choice(rawValue: scalar.string) else {
            let nearest = node.string.flatMap { NearestName.of($0, among: names) }
            throw failure(
                node, "'\(full(key))' must be \(names.joined(separator: " or ")).",
                hint: nearest.map { "Did you mean '\($0)'?" })
        }
        return choice
    }

    /// The keys and values of a section whose keys the user chooses.
    mutating func entries() throws(LeewayError) -> [(key: String, value: Node)] {
        var entries: [(String, Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else { throw failure(key, "a key of '\(path)' is no single value.") }
            known.insert(scalar.string)
            entries.append((scalar.string, value))
        }
        return entries
    }

    /// Refuses the first key that was never asked for.
    ///
    /// - Throws: `invalidConfiguration` with the nearest known key.
    func finish() throws(LeewayError) {
        for (key, _) in mapping {
            guard case .scalar(let scalar) = key, known.contains(scalar.string) else {
                let name = key.string ?? "?"
                let hint =
                    NearestName.of(name, among: known).map { "Did you mean '\($0)'?" }
                    ?? "Known keys: \(known.sorted().joined(separator: ", "))."
                let place = path.isEmpty ? "" : " in '\(path)'"
                throw failure(key, "unknown key '\(name)'\(place).", hint: hint)
            }
        }
    }

    /// The error of a key that must be there and is not.
    func missing(_ key: String, hint: String) -> LeewayError {
        Self.failure(file, line, "the key '\(full(key))' is missing.", hint: hint)
    }

    /// An error at a node's line.
    func failure(_ node: Node, _ message: String, hint: String? = nil) -> LeewayError {
        Self.failure(file, node.mark?.line, message, hint: hint)
    }

    static func failure(_ file: String, _ line: Int?, _ message: String, hint: String? = nil) -> LeewayError {
        LeewayError(.invalidConfiguration, "\(file)\(line.map { ", line \($0)" } ?? ""): \(message)", hint: hint)
    }

    /// A key of this section as the user finds it: `source.quote`.
    func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
