/** The data types of RFC 7643 §2.3. */
export type AttributeType = 'string' | 'boolean' | 'integer' | 'dateTime' | 'reference' | 'binary' | 'complex';

/** An attribute and its characteristics (RFC 7643 §2.2 and §7). */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  /** Values that are usual; documented in discovery, never enforced. */
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

/** A schema: a URN and its attributes (RFC 7643 §7). */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

type Characteristics = Partial<Omit<Attribute, 'name' | 'description'>>;

/** A single text, not case-exact, that anyone may read and write; `over` says what differs. */
export function text(name: string, description: string, over: Characteristics = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...over,
  };
}

/** A boolean. */
export function flag(name: string, description: string, over: Characteristics = {}): Attribute {
  return text(name, description, { type: 'boolean', ...over });
}

/** An attribute with parts of its own (RFC 7643 §2.3.8). */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  over: Characteristics = {},
): Attribute {
  return text(name, description, { type: 'complex', subAttributes, ...over });
}

/** A list of complex values (RFC 7643 §2.4). */
export function list(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  over: Characteristics = {},
): Attribute {
  return complex(name, description, subAttributes, { multiValued: true, ...over });
}

const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** Finds an attribute by its name without regard to case (RFC 7643 §2.1); names such as `__proto__` find nothing. */
export function attributeNamed(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let index = indexes.get(attributes);
  if (index === undefined) {
    index = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
    indexes.set(attributes, index);
  }
  return index.get(name.toLowerCase());
}

/** The sub-attribute of that name, if the attribute is complex and has it. */
export function subAttributeNamed(attribute: Attribute, name: string): Attribute | undefined {
  return attributeNamed(attribute.subAttributes ?? NO_ATTRIBUTES, name);
}

const NO_ATTRIBUTES: readonly Attribute[] = [];
