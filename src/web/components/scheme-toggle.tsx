import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';

const NEXT: Readonly<Record<MantineColorScheme, MantineColorScheme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const PICTURES: Readonly<Record<MantineColorScheme, string>> = {
  auto: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.600v10.800a5.400 5.400 0 0 0 0-10.800Z',
  light:
    'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM7.200.5h1.600v2.300H7.200ZM7.200 13.200h1.600v2.300H7.200ZM.5 7.200h2.300v1.600H.5ZM13.200 7.200h2.300v1.600h-2.300ZM2.100 3.200l1.100-1.100 1.700 1.700-1.100 1.100ZM11.100 12.200l1.100-1.100 1.700 1.700-1.100 1.100ZM2.100 12.800l1.700-1.700 1.100 1.100-1.700 1.700ZM11.100 3.800l1.700-1.700 1.100 1.100-1.700 1.700Z',
  dark: 'M13.900 10.300A6.500 6.500 0 0 1 5.700 2.100a6.500 6.500 0 1 0 8.200 8.200Z',
};

/** Light, dark, or as the system has it. */
export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = `Colour scheme: ${colorScheme}. Switch to ${NEXT[colorScheme]}`;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={PICTURES[colorScheme]} fill="currentColor" fillRule="evenodd" />
      </svg>
    </ActionIcon>
  );
}
