/** The mark of the product: load below a ceiling, with room between. */
export function ProductMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="var(--hr-accent)" />
      <path d="M4 5.5h12" stroke="var(--hr-mark)" strokeWidth="1.6" strokeLinecap="round" />
      <path
        d="M5.2 15.5v-3M8.4 15.5v-5M11.6 15.5V9.5M14.8 15.5v-3.4"
        stroke="var(--hr-mark)"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}
