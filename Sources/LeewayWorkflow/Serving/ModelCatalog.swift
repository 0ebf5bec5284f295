package import LeewayCore
import LeewayStore
import Synchronization

/// The versions that a server answers with: what the registry's aliases say, noticed while it runs.
///
/// A request takes a version once and keeps it, so none is answered by half of one and half of another.
package final class ModelCatalog: Sendable {
    /// What there is at one moment.
    package struct Snapshot: Sendable {
        /// All registered versions, the newest of each model first.
        package let versions: [ModelVersion]
        fileprivate let loaded: [Key: ServedModel]
        /// Whether a version with an alias could not be loaded: it is tried again.
        fileprivate let isPartial: Bool
        /// The champion of each model.
        fileprivate let champions: [String: ServedModel]
        /// The challengers that are tried on requests, by model.
        fileprivate let trials: [String: ServedTrial]
        /// The same as the registry has them.
        fileprivate let registeredTrials: [Registry.Trial]

        /// The names of the models that have a champion, sorted.
        package var names: [String] { champions.keys.sorted() }
    }

    /// What changed in the registry.
    package enum Change: Sendable {
        /// Another version answers for the model now; `from` is nil for a model that was not served before.
        case swapped(model: String, from: Int?, to: Int)
        /// A version could not be loaded; what answered before still does.
        case failed(ModelVersion, LeewayError)
        /// The model is served no more.
        case gone(model: String)
    }

    /// The champion and the version that stands beside it, each with the other one beside it.
    fileprivate struct ServedTrial: Sendable {
        let trial: Registry.Trial
        let champion: ServedModel
        let other: ServedModel

        /// The version that answers a request.
        func model(for requestID: String) -> ServedModel {
            guard trial.share > 0 else { return champion }
            var id = requestID
            let hash = id.withUTF8 { RowHash.hash($0) }
            return Double(hash >> 11) * 0x1p-53 < trial.share ? other : champion
        }
    }

    fileprivate struct Key: Hashable, Sendable {
        let model: String
        let number: Int

        init(_ version: ModelVersion) { self.init(version.model, version.number) }

        init(_ model: String, _ number: Int) { (self.model, self.number) = (model, number) }
    }

    /// The most versions beside those with an alias that are kept loaded.
    private static let spareLimit = 16

    private let registry: Registry
    private let only: Set<String>
    private let load: @Sendable (ModelVersion) throws(LeewayError) -> ServedModel
    private let state: Mutex<Snapshot>
    private let untold = Mutex<[Change]>([])
    /// Versions that were asked for by number, by no alias.
    private let spares = Mutex<[Key: ServedModel]>([:])

    /// Loads every version that has an alias; `models` names those to serve, all of them where it is empty.
    ///
    /// - Throws: `unknownVersion` where there is nothing to serve; `damagedArtifact`.
    init(
        _ registry: Registry, models: [String],
        load: @escaping @Sendable (ModelVersion) throws(LeewayError) -> ServedModel
    ) throws(LeewayError) {
        (self.registry, only, self.load) = (registry, Set(models), load)
        state = Mutex(
            Snapshot(
                versions: [], loaded: [:], isPartial: false, champions: [:], trials: [:],
                registeredTrials: []))
        for change in try refresh() {
            if case .failed(let version, let error) = change, version.aliases.contains(Registry.champion),
                champion(of: version.model) == nil
            {
                throw error
            }
            untold.withLock { $0.append(change) }
        }
        let names = snapshot.names
        if let missing = models.first(where: { !names.contains($0) }) {
            let known = Set(try registry.versions().map(\.model)).sorted()
            throw LeewayError(
                .unknownVersion, "There is no model '\(missing)' to serve.",
                hint: known.isEmpty ? "Train one with 'leeway run'." : "There are: \(known.joined(separator: ", ")).")
        }
        guard !names.isEmpty else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
    }

    /// What there is now.
    package var snapshot: Snapshot { state.withLock { $0 } }

    /// The champion of a model, without a look at anything else.
    @inline(__always)
    package func champion(of model: String) -> ServedModel? { state.withLock { $0.champions[model] } }

    /// The classes of all models that are served.
    var classes: [String] {
        snapshot.champions.values.flatMap { [$0.classes.negative, $0.classes.positive] }
    }

    /// The version that a number or an alias names; for nil the champion, or the challenger where it answers this request.
    ///
    /// - Throws: `unknownVersion`; `damagedArtifact` where it can't be loaded.
    package func find(
        _ model: String, _ reference: String? = nil, for requestID: String? = nil
    ) throws(LeewayError) -> ServedModel {
        if reference == nil, let requestID, let trial = state.withLock({ $0.trials[model] }) {
            return trial.model(for: requestID)
        }
        // The alias may point to a version that can't be loaded; then the last good one answers for it, too.
        if reference == nil || reference == Registry.champion, let champion = champion(of: model) { return champion }
        let now = snapshot
        guard now.champions[model] != nil else {
            throw LeewayError(
                .unknownVersion, "There is no model '\(model.prefix(100))'.",
                hint: "There are: \(now.names.joined(separator: ", ")).")
        }
        let own = now.versions.filter { $0.model == model }
        guard let version = own.first(where: { String($0.number) == reference || $0.aliases.contains(reference ?? "") })
        else {
            let known = own.map { "\($0.number)" } + own.flatMap(\.aliases)
            throw LeewayError(
                .unknownVersion, "Model '\(model)' has no version '\((reference ?? "").prefix(100))'.",
                hint: "There are: \(known.joined(separator: ", ")).")
        }
        let key = Key(version)
        if let found = now.loaded[key] ?? spares.withLock({ $0[key] }) { return found }
        let found = try load(version)
        spares.withLock { spares in
            if spares.count >= Self.spareLimit { spares.removeAll() }
            spares[key] = found
        }
        return found
    }

    /// The newest version that was champion before and can be loaded; nil where there is none.
    private func formerChampion(
        of model: String, among versions: [ModelVersion]
    ) throws(LeewayError) -> ServedModel? {
        let events = try registry.events(of: model).filter { $0.alias == Registry.champion }
        for number in events.compactMap(\.from) {
            guard let version = versions.first(where: { $0.model == model && $0.number == number }) else { continue }
            if let found = try? load(version) { return found }
        }
        return nil
    }

    /// What changed before anybody could be told: a champion that could not be loaded at the start.
    func changesAtStart() -> [Change] {
        untold.withLock { untold in
            defer { untold = [] }
            return untold.filter { change in
                if case .failed = change { return true }
                return false
            }
        }
    }

    /// Looks into the registry and takes over what has changed.
    ///
    /// - Throws: `registryFailed`; what is served stays as it is.
    package func refresh() throws(LeewayError) -> [Change] {
        let versions = try registry.versions().filter { only.isEmpty || only.contains($0.model) }
        let before = snapshot
        let trials = try registry.trials().filter { only.isEmpty || only.contains($0.model) }
        guard versions != before.versions || before.isPartial || trials != before.registeredTrials else { return [] }
        var changes: [Change] = []
        var (loaded, champions) = ([Key: ServedModel](), [String: ServedModel]())
        let others = Set(trials.map { Key($0.model, $0.other) })
        for version in versions where !version.aliases.isEmpty || others.contains(Key(version)) {
            let isChampion = version.aliases.contains(Registry.champion)
            do throws(LeewayError) {
                let model: ServedModel
                if let known = before.loaded[Key(version)] { model = known } else { model = try load(version) }
                loaded[Key(version)] = model
                if isChampion { champions[version.model] = model }
            } catch {
                changes.append(.failed(version, error))
                // The last good one goes on; at the start it is the newest of those that were champion before.
                if isChampion, let last = before.champions[version.model] {
                    champions[version.model] = last
                } else if isChampion {
                    champions[version.model] = try formerChampion(of: version.model, among: versions)
                }
            }
        }
        for (name, model) in champions.sorted(by: { $0.key < $1.key }) {
            let old = before.champions[name]?.version.number
            if old != model.version.number {
                changes.append(.swapped(model: name, from: old, to: model.version.number))
            }
        }
        for name in before.champions.keys.sorted() where champions[name] == nil { changes.append(.gone(model: name)) }
        let isPartial = changes.contains { change in
            if case .failed = change { return true }
            return false
        }
        let tried = trials.compactMap { trial -> ServedTrial? in
            guard let champion = champions[trial.model], let other = loaded[Key(trial.model, trial.other)],
                let first = try? ServedModel(champion, shadowedBy: other),
                let second = try? ServedModel(other, shadowedBy: champion)
            else { return nil }
            return ServedTrial(trial: trial, champion: first, other: second)
        }
        let next = Snapshot(
            versions: versions, loaded: loaded, isPartial: isPartial, champions: champions,
            trials: Dictionary(tried.map { ($0.trial.model, $0) }) { first, _ in first },
            registeredTrials: trials)
        state.withLock { $0 = next }
        return changes
    }
}
