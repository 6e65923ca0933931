import type { Person } from './person.ts';

type Names = readonly [readonly [string, string], ...(readonly [string, string])[]];

/** Given names, each with the spelling used in userNames. */
const GIVEN: Names = [
  ['Maya', 'Maya'],
  ['Ángel', 'Angel'],
  ['Zoë', 'Zoe'],
  ['Łukasz', 'Lukasz'],
  ['Seán', 'Sean'],
  ['Björk', 'Bjork'],
  ['Thị Hương', 'ThiHuong'],
  ['太郎', 'Taro'],
  ['Anne-Marie', 'Anne-Marie'],
  ['Ольга', 'Olga'],
  ['يوسف', 'Youssef'],
  ['Çağla', 'Cagla'],
  ['Priya', 'Priya'],
  ['François', 'Francois'],
  ['小明', 'Xiaoming'],
  ['Renée', 'Renee'],
  ['John', 'John'],
  ['Nkechi', 'Nkechi'],
  ['Jürgen', 'Jurgen'],
];

/** Family names likewise; some apostrophes reach the userName on purpose. */
const FAMILY: Names = [
  ['Ortiz', 'Ortiz'],
  ["O'Brien", "O'Brien"],
  ["D'Souza", 'DSouza'],
  ['Nguyễn', 'Nguyen'],
  ['Müller', 'Mueller'],
  ['山田', 'Yamada'],
  ['van der Berg', 'VanDerBerg'],
  ['Kowalski', 'Kowalski'],
  ['Guðmundsdóttir', 'Gudmundsdottir'],
  ['Иванова', 'Ivanova'],
  ['Smith-Jones', 'Smith-Jones'],
  ['李', 'Li'],
  ['García Márquez', 'GarciaMarquez'],
  ['حداد', 'Haddad'],
  ['Öztürk', 'Ozturk'],
  ['Okafor', 'Okafor'],
  ['St. John, Jr.', 'StJohn'],
];

const TITLES = [
  'Counsel',
  'Software Engineer',
  'Account Executive',
  'Head of R&D',
  'Paralegal',
  'Analyst, Tax',
] as const;
const DEPARTMENTS = ['Legal', 'Engineering', 'Sales', 'Finance', 'Operations', 'People'] as const;
const LOCALES = ['en-US', 'en_US', 'de-DE', 'fr-FR', 'vi-VN', 'ja-JP', 'pl-PL'] as const;

/** What may differ between two generations of people. */
export interface GenerationOptions {
  /** Stands before every userName, so that two runs against one workspace do not meet the same people. */
  readonly prefix?: string | undefined;
  /** The domain of every userName; `acme.example` unless told. */
  readonly domain?: string | undefined;
}

/** Makes `count` varied people with unique mixed-case userNames; the same arguments always make the same people. */
export function generatePeople(count: number, options: GenerationOptions = {}): Person[] {
  return Array.from({ length: count }, (_, index) => personAt(index, options));
}

function personAt(index: number, { prefix = '', domain = 'acme.example' }: GenerationOptions): Person {
  const [givenName, given] = at(GIVEN, index);
  const [family, familySpelling] = at(FAMILY, index * 3 + Math.floor(index / GIVEN.length));
  const mononym = index % 17 === 11;
  const familyName = mononym ? undefined : family;
  const userName = `${prefix}${given}.${mononym ? 'Mono' : familySpelling}${index + 1}@${domain}`;
  return {
    userName: index % 5 === 4 ? userName.toLowerCase() : userName,
    givenName: index % 53 === 52 ? undefined : givenName,
    familyName,
    email: userName.toLowerCase(),
    displayName: index % 13 === 7 ? undefined : [givenName, familyName].filter(Boolean).join(' '),
    title: index % 11 === 3 ? undefined : at<string>(TITLES, index),
    department: index % 7 === 5 ? undefined : at<string>(DEPARTMENTS, Math.floor(index / 2)),
    employeeNumber: index % 3 === 0 ? String(10_000 + index) : undefined,
    locale: at<string>(LOCALES, index),
    mobilePhone: index % 4 === 1 ? `+1 (555) 01${String(index % 100).padStart(2, '0')}` : undefined,
  };
}

function at<Item>(items: readonly [Item, ...Item[]], index: number): Item {
  return items[index % items.length] ?? items[0];
}
