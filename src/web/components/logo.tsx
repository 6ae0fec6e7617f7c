/** The mark: a sundew leaf with its drops. */
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="var(--sd-green)" strokeLinecap="round">
        <path d="M16 31V17" strokeWidth="2.6" />
        <path d="M16 24c-4 0-7-2-8.500-5.500M16 27c4 0 7-2 8.500-5.500" strokeWidth="2" />
      </g>
      <g fill="var(--sd-brand)">
        <path d="M16 1.500c3.800 4.800 6.200 8 6.200 11.300a6.200 6.200 0 0 1-12.400 0C9.800 9.500 12.200 6.300 16 1.500Z" />
        <circle cx="6.500" cy="16" r="2.300" />
        <circle cx="25.500" cy="19" r="2.300" />
      </g>
      <path
        d="M13 12.500c0 2 1.200 3.300 3 3.600"
        fill="none"
        stroke="var(--sd-panel)"
        strokeWidth="1.500"
        strokeLinecap="round"
        opacity=".85"
      />
    </svg>
  );
}
