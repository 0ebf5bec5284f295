import LeewayCore
import LeewayMonitor
import LeewayStore

/// The versions that a log may have lines of: all that are registered, whether this server serves them or not.
final class RecoveryVersions {
    private let versions: [ModelVersion]
    private let load: (ModelVersion) throws(LeewayError) -> ServedModel
    private var loaded: [String: ServedModel] = [:]

    /// - Throws: `registryFailed`.
    init(
        _ registry: Registry, load: @escaping (ModelVersion) throws(LeewayError) -> ServedModel
    ) throws(LeewayError) {
        versions = try registry.versions()
        self.load = load
    }

    /// A version, loaded once.
    ///
    /// - Throws: `unknownVersion`; `damagedArtifact` where it can't be loaded: then its rows can't be counted now.
    func find(_ model: String, _ number: Int) throws(LeewayError) -> ServedModel {
        let key = "\(model):\(number)"
        if let found = loaded[key] { return found }
        guard let version = versions.first(where: { $0.model == model && $0.number == number }) else {
            throw LeewayError(
                .unknownVersion, "The log has rows of \(model) version \(number), which is not registered.",
                hint: "They can't be counted; restore the registry that knew it.")
        }
        let found = try load(version)
        loaded[key] = found
        return found
    }
}
