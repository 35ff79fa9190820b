/** The search of a list; it stands in the address, so that a link shows the same. */
import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { belongsToField } from '../../app/keys.ts'
import { useView } from '../../stores/view-store.ts'

export interface SearchFieldProps {
  /** "Search scenarios" */
  readonly label: string
}

export function SearchField({ label }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const search = useView(({ address }) => address.parameters['q'] ?? '')
  const setSearch = (text: string): void => useView.getState().set({ q: text === '' ? undefined : text })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || belongsToField(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={label}
      placeholder={label}
      size="sm"
      w={260}
      value={search}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={
        search !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setSearch('')} />
      }
      onChange={(event) => setSearch(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && search !== '') setSearch('')
      }}
    />
  )
}
