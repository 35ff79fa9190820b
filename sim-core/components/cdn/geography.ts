// Who is near to whom in one network: distances, round trips, and the location that serves the clients of each place.
import { roundNs } from '../../kernel/time.ts'
import type { CdnConfig } from './cdn.compile.ts'
import { greatCircleKm } from './great-circle.ts'

/** No location is working. */
const NOWHERE = -1

/** Distances in km and round trips in ns between the places of a network. Locations and clients are numbered in order. */
export class Geography {
  readonly locations: number
  /** [client x location] */
  readonly clientKm: Float64Array
  readonly clientNs: Float64Array
  /** [location]; to the shield, where there is one. */
  readonly shieldKm: Float64Array
  readonly shieldNs: Float64Array
  /** [location] */
  readonly originKm: Float64Array
  readonly originNs: Float64Array
  /** [location], the same for all: from the shield to the origin. */
  readonly beyondShieldKm: Float64Array
  readonly beyondShieldNs: Float64Array
  /** [client]; straight to the origin, as if there were no network in between. */
  readonly directKm: Float64Array
  /** [client] = the location that serves it: the nearest one that works, the first of several, or NOWHERE. */
  readonly servedBy: Int32Array

  constructor({ locations, shield, clients, origin, network }: CdnConfig) {
    const roundTrips = (km: Float64Array): Float64Array => km.map((distance) => roundNs(distance * network.nsPerKm))
    this.locations = locations.length
    this.clientKm = Float64Array.from(
      clients.flatMap((client) => locations.map(({ at }) => greatCircleKm(client.at, at))),
    )
    this.clientNs = roundTrips(this.clientKm)
    this.shieldKm = Float64Array.from(locations, ({ at }) => (shield === undefined ? 0 : greatCircleKm(at, shield.at)))
    this.shieldNs = roundTrips(this.shieldKm)
    this.originKm = Float64Array.from(locations, ({ at }) => greatCircleKm(at, origin))
    this.originNs = roundTrips(this.originKm)
    this.beyondShieldKm = Float64Array.from(locations, () =>
      shield === undefined ? 0 : greatCircleKm(shield.at, origin),
    )
    this.beyondShieldNs = roundTrips(this.beyondShieldKm)
    this.directKm = Float64Array.from(clients, ({ at }) => greatCircleKm(at, origin))
    this.servedBy = new Int32Array(clients.length)
    this.assign(() => true)
  }

  /** Sends the clients of every place to the nearest location that works. */
  assign(works: (location: number) => boolean): void {
    for (let client = 0; client < this.servedBy.length; client++) {
      let nearest = NOWHERE
      let nearestKm = Infinity
      for (let location = 0; location < this.locations; location++) {
        const km = this.clientKm[client * this.locations + location]!
        if (km >= nearestKm || !works(location)) continue
        nearest = location
        nearestKm = km
      }
      this.servedBy[client] = nearest
    }
  }
}
