/// The program's version.
public enum LeewayVersion {
    /// As in `CHANGELOG.md`: semantic versioning.
    public static let current = "0.1.0"
}
