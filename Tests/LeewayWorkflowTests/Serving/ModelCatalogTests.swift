import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct ModelCatalogTests {
    private let served: ServedProject
    private let registry: Registry

    init() async throws {
        served = try await ServedProject()
        registry = try Registry(path: served.project.registry)
    }

    private func move(_ alias: String, to number: Int) throws {
        _ = try registry.moveAlias(
            alias, of: "credit", to: number, actor: "test", reason: "test", at: Timestamp(milliseconds: 0))
    }

    /// Spoils a file of a version.
    private func damage(_ number: Int, _ name: String = "model.json") throws {
        let version = try #require(registry.versions().first { $0.number == number })
        let path = "\(served.project.run(version.runID))/\(name)"
        FileSystem.remove(path)
        try FileSystem.write(Array("{}".utf8), to: path)
    }

    private func words(_ changes: [ModelCatalog.Change]) -> [String] {
        changes.map { change in
            switch change {
            case .swapped(let model, let from, let to): "\(model): \(from.map(String.init) ?? "nothing") to \(to)"
            case .failed(let version, let error): "\(version.model) \(version.number): \(error.code)"
            case .gone(let model): "\(model) gone"
            }
        }
    }

    @Test func `a version is found by number, by alias, or as the champion`() throws {
        try move("rival", to: 2)
        let catalog = try served.session().catalog
        #expect(try catalog.find("credit").version.number == 1)
        #expect(try catalog.find("credit", "champion") === catalog.find("credit"))
        #expect(try catalog.find("credit", "1") === catalog.find("credit"))
        #expect(try catalog.find("credit", "2").version.number == 2)
        #expect(try catalog.find("credit", "rival") === catalog.find("credit", "2"))
        #expect(catalog.champion(of: "credit") === (try catalog.find("credit")))
        #expect(catalog.champion(of: "other") == nil && catalog.snapshot.names == ["credit"])
        #expect(catalog.snapshot.versions.map(\.number) == [2, 1] && Set(catalog.classes) == ["no", "yes"])
    }

    @Test func `a version without an alias is loaded once`() throws {
        let catalog = try served.session().catalog
        #expect(try catalog.find("credit", "2") === catalog.find("credit", "2"))
    }

    @Test func `what is not there is told with what there is`() throws {
        let catalog = try served.session().catalog
        func refusal(_ model: String, _ reference: String?) -> String {
            do {
                return "found \(try catalog.find(model, reference).version.number)"
            } catch {
                return error.description
            }
        }
        #expect(refusal("other", nil) == "unknown_version: There is no model 'other'. There are: credit.")
        #expect(refusal("other", "1") == refusal("other", nil))
        let versions = "There are: 2, 1, champion."
        for reference in ["3", "rival", "", "01", "-1", "1 "] {
            #expect(
                refusal("credit", reference)
                    == "unknown_version: Model 'credit' has no version '\(reference)'. \(versions)")
        }
    }

    @Test func `an alias that moves is taken over, and told once`() throws {
        let session = try served.session()
        let first = try session.catalog.find("credit")
        #expect(try session.refresh().isEmpty)
        try move("champion", to: 2)
        #expect(session.catalog.champion(of: "credit") === first)
        #expect(words(try session.refresh()) == ["credit: 1 to 2"])
        #expect(try session.catalog.find("credit").version.number == 2 && session.swaps == ["credit": 1])
        #expect(try session.refresh().isEmpty)
        // An alias that the champion is not.
        try move("rival", to: 1)
        #expect(try session.refresh().isEmpty && session.catalog.find("credit", "rival").version.number == 1)
        try move("champion", to: 1)
        #expect(words(try session.refresh()) == ["credit: 2 to 1"] && session.swaps == ["credit": 2])
    }

    @Test func `a damaged champion leaves the old one where it is`() throws {
        let session = try served.session()
        let first = try session.catalog.find("credit")
        try damage(2)
        try move("champion", to: 2)
        #expect(words(try session.refresh()) == ["credit 2: damaged_artifact"])
        #expect(try session.catalog.find("credit") === first && session.catalog.champion(of: "credit") === first)
        #expect(session.swaps.isEmpty && session.catalog.snapshot.names == ["credit"])
        #expect(try session.catalog.find("credit", "1").version.number == 1)
        // Whoever names the alias gets what answers for it.
        #expect(try session.catalog.find("credit", "champion") === first)
        #expect(throws: LeewayError.self) { try session.catalog.find("credit", "2") }
        try move("champion", to: 1)
        #expect(try session.refresh().isEmpty && session.catalog.find("credit").version.number == 1)
    }

    @Test func `an alias is not moved to a version that can't be loaded`() async throws {
        let session = try served.session()
        try damage(2, "preprocessor.json")
        let error = await #expect(throws: LeewayError.self) {
            try await session.moveAlias("champion", of: "credit", to: 2, reason: "test")
        }
        #expect(error?.code == .damagedArtifact)
        #expect(try registry.aliases() == [.init(model: "credit", alias: "champion", number: 1)])
        await #expect(throws: LeewayError.self) {
            try await session.moveAlias("champion", of: "credit", to: 3, reason: "test")
        }
    }

    @Test func `moving an alias here is seen here at once`() async throws {
        let session = try served.session()
        let move = try await session.moveAlias("champion", of: "credit", to: 2, reason: "test")
        #expect(move.from == 1 && move.isMoved && session.catalog.champion(of: "credit")?.version.number == 2)
        // The housekeeping tells it, once.
        #expect(try session.refresh().count == 1 && session.swaps == ["credit": 1])
        #expect(try session.refresh().isEmpty && session.swaps == ["credit": 1])
    }

    @Test func `a server does not begin with nothing to serve`() throws {
        let empty = try TemporaryFolder()
        func refusal(_ project: Project, _ models: [String]) -> String? {
            var configuration = ServingConfiguration()
            configuration.models = models
            do {
                _ = try ServingSession(project, configuration, ServingClock().environment)
                return nil
            } catch {
                return error.description
            }
        }
        let nothing = "unknown_version: No model is registered yet. Train one with 'leeway run'."
        #expect(refusal(Project(folder: empty.path), []) == nothing)
        #expect(
            refusal(served.project, ["credit", "other"])
                == "unknown_version: There is no model 'other' to serve. There are: credit.")
        #expect(refusal(served.project, ["credit"]) == nil)
        try damage(2)
        #expect(refusal(served.project, []) == nil)
        try damage(1)
        #expect(refusal(served.project, [])?.hasPrefix("damaged_artifact: ") == true)
    }
}
