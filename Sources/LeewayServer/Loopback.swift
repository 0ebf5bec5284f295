import NIOCore

/// The addresses that only this machine can reach.
enum Loopback {
    /// Whether a host is one of them; of names only `localhost` is.
    static func contains(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        if let address = try? SocketAddress(ipAddress: host, port: 0) { return isLoopback(address) }
        // A name may stand for anything tomorrow.
        return false
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4: address.ipAddress?.hasPrefix("127.") ?? false
        case .v6: address.ipAddress == "::1"
        case .unixDomainSocket: true
        }
    }
}
