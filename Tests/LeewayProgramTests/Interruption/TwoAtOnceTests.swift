import Testing

extension ProgramTests {
    /// Two runs of one project at the same time.
    @Suite struct TwoAtOnceTests {
        @Test func `both succeed, as versions 1 and 2 with one champion`() async throws {
            let workspace = try Workspace(csv: Tables.people(5000))
            for round in 1...3 {
                async let one = workspace.leeway("run", "--json")
                async let other = workspace.leeway("run", "--json")
                let endings = try await [one, other]
                #expect(endings.map(\.status) == [0, 0], "\(endings.map(\.errors))")
                let numbers = try endings.map { try JSON($0.output)["version"].number }.sorted()
                #expect(numbers == [Double(2 * round - 1), Double(2 * round)])
            }
            let versions = try JSON(await workspace.leewayWorks("models", "list", "--json").output)
            #expect(versions.list.count == 6)
            #expect(
                versions.list.filter { $0["aliases"] == .list([.text("champion")]) }.map { $0["version"].number } == [1]
            )
            #expect(workspace.runs.count == 6)
            try await workspace.leewayWorks("models", "verify", "6")
        }
    }
}
