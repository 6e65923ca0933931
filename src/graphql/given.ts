/** An input with what was given alone. */
export type Given<Input> = { readonly [Field in keyof Input]?: NonNullable<Input[Field]> };

/** The fields of an optional input that were given; null is as good as left out. */
export function given<Input extends object>(input: Input | null | undefined): Given<Input> {
  const fields = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(fields) as Given<Input>;
}
