import LeewayCore
import LeewayWorkflow
import NIOSSL

/// Reads the certificate and key of TLS.
enum CertificateFiles {
    /// - Throws: `invalidConfiguration` with the file that can't be used.
    static func load(_ files: ServingConfiguration.TLS, in project: Project) throws(LeewayError) -> TLSConfiguration {
        let (certificate, key) = (project.resolve(files.certificate), project.resolve(files.key))
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw LeewayError(
                .invalidConfiguration, "The certificate \(certificate) can't be read.",
                hint: "serving.tls.certificate must be a file of certificates in PEM.")
        }
        do {
            let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
            configuration.minimumTLSVersion = .tlsv12
            return configuration
        } catch {
            throw LeewayError(
                .invalidConfiguration, "The private key \(key) can't be read.",
                hint: "serving.tls.key must be the certificate's key in PEM, without a passphrase.")
        }
    }
}
