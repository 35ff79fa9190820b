/** Builders of references to things that a scenario defines elsewhere, checked where they stand. */
import type { Field, LeafInput } from './field.ts'
import { leaf } from './field.ts'
import { hintForName } from './nearest-name.ts'
import type { Reading } from './quantity.ts'
import { quoted } from './quantity.ts'
import type { MemberKind, MemberReference, ScenarioNames } from './schema-context.ts'

/** The id of an entry of a section. */
export function reference(names: ScenarioNames, section: string, help: string): Field<string> {
  return leaf((input) => readReference(names, section, input), {
    type: `name of one of \`${section}\``,
    help,
    suffix: '',
    json: { type: 'string' },
    input: { kind: 'reference', sections: [section], isOpen: false },
  })
}

/** Reads an id of a section; the complaint names the nearest id that exists. */
function readReference(names: ScenarioNames, section: string, input: unknown): Reading<string> {
  const ids = names.ids(section)
  if (typeof input !== 'string') return notAName(input, section)
  if (ids === undefined || ids.includes(input)) return { value: input }
  return unknownReference(input, section, ids)
}

/** `owner.member`, or `member` alone where only one owner has it. */
export function memberReference<Owner extends string, Member extends string>(
  names: ScenarioNames,
  kind: MemberKind<Owner, Member>,
  help: string,
): Field<MemberReference<Owner, Member>> {
  return leaf((input) => readMember(names, kind, input), {
    type: `\`${kind.owner}.${kind.member}\``,
    help,
    suffix: '',
    json: { type: 'string' },
    input: memberInput(kind),
  })
}

/** What is written where a member is named, or one of the words. */
export function memberInput(kind: MemberKind<string, string>, words: readonly string[] = []): LeafInput {
  return { kind: 'member', section: kind.section, subsection: kind.subsection, words }
}

/** Reads a reference to a member; see `memberReference`. */
export function readMember<Owner extends string, Member extends string>(
  names: ScenarioNames,
  kind: MemberKind<Owner, Member>,
  input: unknown,
): Reading<MemberReference<Owner, Member>> {
  if (typeof input !== 'string') return notAName(input, kind.section)
  const [owner = '', member, ...more] = input.split('.')
  const owners = names.ids(kind.section)
  if (owners === undefined || more.length > 0) {
    return more.length > 0
      ? notAName(input, kind.section)
      : found(kind, member === undefined ? '' : owner, member ?? owner)
  }
  const all = owners.flatMap((id) =>
    names.members(kind.section, id, kind.subsection).map((name) => [id, name] as const),
  )
  const wanted = member ?? owner
  const matches = all.filter(([id, name]) => name === wanted && (member === undefined || id === owner))
  const [first] = matches
  if (first !== undefined && matches.length === 1) return found(kind, first[0], first[1])
  if (matches.length > 1) {
    const hint = `write ${matches.map((pair) => pair.join('.')).join(' or ')}`
    return complain('ambiguous-reference', `${quoted(input)} exists in several of \`${kind.section}\``, hint)
  }
  return unknownReference(input, kind.section, candidatesFor(owner, member, owners, all), kind.member)
}

/** What a mistyped reference is compared with: members of the owner if it exists, else qualified names. */
function candidatesFor(
  owner: string,
  member: string | undefined,
  owners: readonly string[],
  all: readonly (readonly [string, string])[],
): readonly string[] {
  if (member === undefined) return [...new Set(all.map(([, name]) => name))]
  return all.filter(([id]) => !owners.includes(owner) || id === owner).map((pair) => pair.join('.'))
}

function found<Owner extends string, Member extends string>(
  kind: MemberKind<Owner, Member>,
  owner: string,
  member: string,
): { readonly value: MemberReference<Owner, Member> } {
  return { value: { [kind.owner]: owner, [kind.member]: member } as MemberReference<Owner, Member> }
}

function unknownReference(input: string, section: string, candidates: readonly string[], what = 'entry') {
  const whenNone = `the scenario defines no ${what} under \`${section}\``
  return complain(
    'unknown-reference',
    `there is no ${quoted(input)} in \`${section}\``,
    hintForName(input, candidates, whenNone),
  )
}

function notAName(input: unknown, section: string) {
  const code = input === undefined ? 'missing' : 'wrong-type'
  const message = input === undefined ? 'a name is required here' : `${quoted(input)} is not a name`
  return complain(code, message, `write the name of something in \`${section}\``)
}

function complain(code: string, message: string, hint: string) {
  return { complaint: { code, message, hint } }
}
