/** The picture of a kind of component, by the name that its definition gives. */
import {
  IconBolt,
  IconBox,
  IconCloud,
  IconDatabase,
  IconDatabaseCog,
  IconInbox,
  IconKey,
  IconServer2,
  IconShield,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'

const pictures: Readonly<Record<string, ComponentType<{ size?: number; stroke?: number }>>> = {
  bolt: IconBolt,
  'bolt-database': IconDatabaseCog,
  cloud: IconCloud,
  database: IconDatabase,
  inbox: IconInbox,
  key: IconKey,
  server: IconServer2,
  shield: IconShield,
  users: IconUsers,
  world: IconWorld,
}

/** In px; lines of all sizes look equally strong. */
const STROKE = 1.6

/** A picture that says nothing to screen readers: a word stands beside it. An unknown name is a plain box. */
export function KindIcon({ icon, size = 16 }: { readonly icon: string; readonly size?: number }) {
  const Picture = pictures[icon] ?? IconBox
  return (
    <span aria-hidden="true" style={{ display: 'inline-flex' }}>
      <Picture size={size} stroke={STROKE} />
    </span>
  )
}
