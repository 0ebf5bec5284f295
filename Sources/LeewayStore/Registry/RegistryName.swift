/// The names that a registry gives to aliases and tokens.
enum RegistryName {
    /// Whether a text is 1 to 100 letters, digits, `-`, `_` or `.`.
    static func isFine(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }

    /// Whether a text is a plain number, as versions are named.
    static func isNumber(_ name: String) -> Bool { name.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
