import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Section } from '../../parts/section.tsx';
import classes from './account.module.css';

const SCHEMES: { value: MantineColorScheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
];

/** How everything is to look, in this browser. */
export function AppearanceCard() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance" description="For this browser.">
      <SegmentedControl
        aria-label="Appearance"
        className={classes.schemes ?? ''}
        data={SCHEMES}
        value={colorScheme}
        onChange={(value) => setColorScheme(value)}
      />
    </Section>
  );
}
