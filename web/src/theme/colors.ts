import type { MantineColorsTuple } from '@mantine/core';

/** The accent: what can be pressed, and what is well. */
export const spruce: MantineColorsTuple = [
  '#eaf6f2',
  '#d5ebe4',
  '#aad7c9',
  '#7cc1ad',
  '#55ae95',
  '#389a80',
  '#17695a',
  '#125a4d',
  '#0e4a40',
  '#0a3a32',
];

/** Greys with a drop of the accent, so that lines and cards belong to it. */
export const gray: MantineColorsTuple = [
  '#f6f8f7',
  '#eff2f1',
  '#e3e8e6',
  '#d3dad8',
  '#b7c1be',
  '#929e9a',
  '#697571',
  '#4d5855',
  '#333d3a',
  '#1d2523',
];

/** The night's greys, lightest first, as Mantine counts them. */
export const dark: MantineColorsTuple = [
  '#dfe6e4',
  '#b6c2be',
  '#98a6a2',
  '#71807b',
  '#3d4946',
  '#2b3533',
  '#1f2826',
  '#171f1d',
  '#111816',
  '#0b100f',
];

/** What needs a look soon. */
export const amber: MantineColorsTuple = [
  '#fff7e6',
  '#fcebc8',
  '#f7d591',
  '#f0bd59',
  '#e5a62f',
  '#c98a16',
  '#8f5b05',
  '#784b04',
  '#613c03',
  '#4b2e02',
];

/** What has failed, and what cannot be undone. */
export const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fadeda',
  '#f4bab3',
  '#ec948a',
  '#e27166',
  '#d4544a',
  '#b3342c',
  '#982a24',
  '#7c211c',
  '#611915',
];

/** What is under way or merely worth knowing. */
export const blue: MantineColorsTuple = [
  '#edf4fb',
  '#d9e7f6',
  '#b0cdec',
  '#85b2e1',
  '#6099d6',
  '#437fc4',
  '#275f9f',
  '#1f4f87',
  '#183f6d',
  '#113053',
];
