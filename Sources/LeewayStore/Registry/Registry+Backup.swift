import GRDB
package import LeewayCore

extension Registry {
    /// Writes the registry as it is at one moment into a new file; others may write to it meanwhile.
    ///
    /// - Throws: `registryFailed`, `diskFull`, `fileNotAccessible`.
    package func copy(to path: String) throws(LeewayError) {
        try Self.mapping(path) {
            try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }
}
