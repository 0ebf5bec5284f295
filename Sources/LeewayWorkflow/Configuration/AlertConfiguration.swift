import LeewayMonitor

/// Who is told of drift, and how often; with no argument, nobody.
package struct AlertConfiguration: Sendable, Equatable {
    /// What a webhook is posted.
    package enum Format: String, Sendable, CaseIterable {
        /// The event as it is.
        case json
        /// A message for Slack, or what understands the same.
        case slack
    }

    /// Where notices go.
    package enum Means: Sendable, Equatable {
        /// A URL in which `${NAME}` stands for a variable of the environment.
        case webhook(SecretTemplate, Format)
        /// A program and its arguments.
        case command([String])
        /// A line of JSON on stderr.
        case log
    }

    /// One who is told.
    package struct Sink: Sendable, Equatable {
        package var means: Means
        /// What it is told of.
        package var kinds: Set<String>
        /// How long one try may take.
        package var timeout: Duration

        package init(_ means: Means, kinds: Set<String> = Self.allKinds, timeout: Duration = .seconds(10)) {
            (self.means, self.kinds, self.timeout) = (means, kinds, timeout)
        }

        /// Everything: `drift`, `recovery`, `failure`.
        package static let allKinds = Set(AlertNotice.Kind.allCases.map(\.rawValue))
    }

    package var sinks: [Sink] = []
    /// How long after a notice a new alarm of the same model waits, unless something else drifted.
    package var cooldown = Duration.seconds(6 * 3600)

    package init() {}
}

/// A text with `${NAME}` for variables of the environment, which may hold secrets, as may the text: nothing prints it.
package struct SecretTemplate: Sendable, Equatable {
    /// As the user wrote it.
    let text: String

    /// Takes a text; nil where a `${` has no name and end.
    package init?(_ text: String) {
        self.text = text
        guard parts != nil else { return nil }
    }

    /// Whether there is anything to fill in.
    package var hasVariables: Bool { text.contains("${") }

    /// The text with its variables filled in, or the name of the first one that is not set.
    package func filled(_ environment: (String) -> String?) -> Result<String, Unset> {
        var filled = ""
        for part in parts ?? [] {
            switch part {
            case .text(let text): filled += text
            case .variable(let name):
                guard let value = environment(name), !value.isEmpty else { return .failure(Unset(name: name)) }
                filled += value
            }
        }
        return .success(filled)
    }

    /// A variable that is not set, or empty.
    package struct Unset: Error, Equatable { package let name: String }

    private enum Part {
        case text(Substring)
        case variable(String)
    }

    private var parts: [Part]? {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            parts.append(.text(rest[..<start.lowerBound]))
            rest = rest[start.upperBound...]
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            rest = rest[name.endIndex...]
            guard let first = name.first, !first.isNumber, rest.first == "}" else { return nil }
            parts.append(.variable(String(name)))
            rest = rest.dropFirst()
        }
        return parts + [.text(rest)]
    }
}

extension SecretTemplate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "…" }
    package var debugDescription: String { "…" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
