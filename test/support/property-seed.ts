/**
 * Properties are tried on the same cases every time, so that a change is judged by what it changes and not by chance.
 * HEADROOM_PROPERTY_SEED tries them on others.
 */
import { env } from 'node:process'
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(env['HEADROOM_PROPERTY_SEED'] ?? 20_261_121) })
