/// Which rows a new one is ranked among, beside the reference.
package enum RankBag: Sendable, Equatable, Codable {
    /// All rows of the stream: ranks are exactly uniform. After a change the bag fills with changed rows, so that a small
    /// change is forgotten after about as many rows as the bag held.
    case all
    /// The reference and the stream together never grow beyond so many rows, or the reference's own where it has more: a
    /// new row then takes the place of one drawn from all. Ranks stay exactly uniform; the reference is slowly replaced.
    case exchanged(limit: Int)
    /// The reference and the first so many rows of the stream; later ones are ranked and not kept.
    ///
    /// The reference is never diluted, but ranks are uniform only as far as the bag is the population: what it happens to be
    /// off by is found in the end. The contract holds about where the bag has as many rows as the contract.
    case frozen(afterRows: Int)
}
