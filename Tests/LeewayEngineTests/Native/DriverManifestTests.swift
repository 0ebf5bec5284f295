import Testing

@testable import LeewayEngine

@Suite struct DriverManifestTests {
    private static let manifests: [(text: String, path: String?)] = [
        ("[Driver]\nshared = \"/a/b.so\"", "/a/b.so"),
        ("manifest_version = 1\n\n[Driver]\r\n  shared='/a/b.so' # here\n", "/a/b.so"),
        ("[Driver.shared]\nmacos_arm64 = \"/m\"\nlinux_amd64 = \"/l\"\n", "/l"),
        ("[ADBC]\nshared = \"/no\"\n[Driver]\nentrypoint = \"f\"\n", nil),
        ("[Driver]\nshared = /no\n", nil), ("[Driver]\nshared = \"\"\n", nil), ("[Driver\nshared", nil), ("", nil),
    ]

    @Test(arguments: manifests)
    func `finds the library's path and passes over the rest`(text: String, path: String?) {
        #expect(DriverManifest.sharedLibrary(in: text, platform: "linux_amd64") == path)
    }
}
