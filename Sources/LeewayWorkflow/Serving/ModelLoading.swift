import LeewayCore
import LeewayStore
import LeewayValidate
import LeewayWire

/// Makes served models of versions, as the configuration says.
struct ModelLoading: Sendable {
    private let project: Project
    private let contract: ContractSettings
    private let redaction: [String: Redaction]
    private let hash: @Sendable (String, String) -> String

    /// - Throws: `fileNotAccessible`, `diskFull` where the key of the redaction can't be read or made.
    init(_ project: Project, _ configuration: ServingConfiguration) throws(LeewayError) {
        self.project = project
        contract = ContractSettings(
            mode: .init(rawValue: configuration.contract.rawValue) ?? .strict, rangeSlack: configuration.rangeSlack,
            columns: Dictionary(
                configuration.columns.map { column in
                    (
                        column.name,
                        ContractSettings.Column(
                            minimum: column.minimum, maximum: column.maximum, values: column.values,
                            isNullable: column.isNullable, isRequired: column.isRequired)
                    )
                }, uniquingKeysWith: { first, _ in first }))
        redaction = configuration.log.redact.compactMapValues { Redaction(rawValue: $0.rawValue) }
        if redaction.values.contains(.hash) {
            let key = try RedactionKey.load(project)
            hash = { column, value in key.hash(column, value) }
        } else {
            hash = { _, _ in "" }
        }
    }

    /// - Throws: `damagedArtifact`, `fileNotFound`, `missingColumn`.
    func load(_ version: ModelVersion) throws(LeewayError) -> ServedModel {
        try ServedModel(version, in: project, contract: contract, redaction: redaction, hash: hash)
    }
}
