import LeewayEngine
import Testing

@Suite struct LibrarySearchTests {
    private let files = FileAccess(
        kind: { path in
            switch path {
            case "/lib/a", "/lib/b", "/opt", "/home/me/.config/adbc/drivers": .folder
            case "/lib/b/libduckdb.so", "/lib/b/libduckdb.dylib", "/opt/my.so": .file
            default: nil
            }
        },
        text: { $0 == "/manifests/duckdb.toml" ? "[Driver]\nshared = \"/opt/my.so\"" : nil })

    private func places(_ explicit: String? = nil, _ environment: [String: String] = [:]) -> [String] {
        LibrarySearch(
            explicitPath: explicit, programFolder: "/usr/bin", environment: { environment[$0] }, files: files
        ).places(for: .duckDB).map { "\($0.origin): \($0.path)" }
    }

    private let file = LibraryName.duckDB.file

    @Test func `looks in the order of the documentation`() {
        let environment = [
            "LEEWAY_DRIVER_PATH": "/lib/a:/opt/my.so", "ADBC_DRIVER_PATH": "/manifests", "HOME": "/home/me",
        ]
        #expect(
            places("/lib/b", environment) == [
                "--driver-path: /lib/b/\(file)", "LEEWAY_DRIVER_PATH: /lib/a/\(file)", "LEEWAY_DRIVER_PATH: /opt/my.so",
                "manifest: /opt/my.so", "manifest: /home/me/.config/adbc/drivers/duckdb.toml",
                "manifest: /etc/adbc/drivers/duckdb.toml", "beside the program: /usr/bin/../lib/leeway/\(file)",
                "the system's loader: \(file)",
            ])
    }

    @Test func `takes an explicit file alone`() {
        #expect(places("/lib/b/libduckdb.so", ["HOME": "/home/me"]) == ["--driver-path: /lib/b/libduckdb.so"])
        #expect(places("typo.so") == ["--driver-path: ./typo.so"])
    }

    @Test func `names other libraries by their own stem`() {
        let lightGBM = LibraryName("lightgbm", stem: "lib_lightgbm")
        #expect(lightGBM.file.hasPrefix("lib_lightgbm."))
    }
}
