/** Messages made from a schema of ISO 20022: valid ones with every element that the schema has, or with none that may be left out. */
import { fileOf } from '../../../client/src/documents/bytes.js';
import { parseXml, type Content } from '../../../client/src/documents/xmlParser.js';

/** What of a schema a sample holds. */
export interface Extent {
  /** Whether elements that may be left out are there. */
  readonly optional: boolean;
  /** Which element of a choice: the first, or the last. */
  readonly choice: 'first' | 'last';
  /** How often elements are there that may stand more than once. */
  readonly repeated: number;
}

/** Values of the patterns and types that the schemas use. */
const VALUES: Readonly<Record<string, string>> = {
  '[0-9]{1,15}': '1',
  '[0-9]{1,5}': '1',
  '[0-9]{1,3}': '1',
  '[0-9]{8,28}': '12345678',
  '[0-9]{3,4}': '123',
  '[0-9]{2,3}': '12',
  '[0-9]{2}': '12',
  '[0-9]{3}': '123',
  '[0-9]': '1',
  '[A-Z0-9]{18,18}[0-9]{2,2}': 'DEMO00RIOTINTOIRON56',
  '[A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}': 'DEMOCNBJXXX',
  '[A-Z]{2,2}': 'CN',
  '[A-Z]{2,2}[0-9]{2,2}[a-zA-Z0-9]{1,30}': 'DE89370400440532013000',
  '[A-Z]{2,2}[A-Z0-9]{9,9}[0-9]{1,1}': 'AU0000000001',
  '[A-Z]{3,3}': 'USD',
  '[\\+]{0,1}[0-9]{1,15}': '1',
  '[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}': 'f6fadfa7-e5c1-4b62-9362-da5cc13da58a',
  '[a-zA-Z0-9]{4}': 'A001',
  '[a-z]{2,2}': 'en',
  '\\+[0-9]{1,3}-[0-9()+\\-]{1,30}': '+86-1',
  'xs:base64Binary': 'AAAA',
  'xs:boolean': 'true',
  'xs:date': '2027-03-23',
  'xs:dateTime': '2027-03-23T10:11:00+08:00',
  'xs:decimal': '1',
  'xs:gYear': '2027',
  'xs:gYearMonth': '2027-03',
  'xs:time': '10:11:00',
};

const attribute = (node: Content, name: string): string => node.attributes.get(name) ?? '';
const child = (node: Content, name: string): Content | undefined => node.children.find((each) => each.name === name);

/** The text of a simple type. */
function textOf(type: Content): string {
  const restriction = child(type, 'restriction');
  if (restriction === undefined) throw new Error(`no restriction in ${attribute(type, 'name')}`);
  const facet = (name: string): string | undefined => {
    const found = child(restriction, name);
    return found && attribute(found, 'value');
  };
  const listed = facet('enumeration');
  if (listed !== undefined) return listed;
  const known = facet('pattern') ?? attribute(restriction, 'base');
  if (known === 'xs:string') return 'X'.repeat(Number(facet('minLength') ?? '1'));
  const value = VALUES[known];
  if (value === undefined) throw new Error(`no value is known for ${known} of ${attribute(type, 'name')}`);
  return value;
}

/** Makes messages of one schema. */
class Sampler {
  readonly #types: ReadonlyMap<string, Content>;
  readonly #extent: Extent;

  constructor(schema: Content, extent: Extent) {
    const named = schema.children.filter(({ name }) => name === 'complexType' || name === 'simpleType');
    this.#types = new Map(named.map((type) => [attribute(type, 'name'), type]));
    this.#extent = extent;
  }

  /** An element with all that is in it. */
  element(declared: Content): string {
    const [name, type] = [attribute(declared, 'name'), attribute(declared, 'type')];
    const { attributes, inside } = this.#inside(type);
    return `<${name}${attributes}>${inside}</${name}>`;
  }

  #inside(typeName: string): { readonly attributes: string; readonly inside: string } {
    const type = this.#types.get(typeName);
    if (type === undefined) return { attributes: '', inside: VALUES[typeName] ?? 'X' };
    if (type.name === 'simpleType') return { attributes: '', inside: textOf(type) };
    const extension = child(child(type, 'simpleContent') ?? type, 'extension');
    if (extension !== undefined) return this.#extended(extension);
    return { attributes: '', inside: type.children.map((each) => this.#particle(each)).join('') };
  }

  #extended(extension: Content): { readonly attributes: string; readonly inside: string } {
    const attributes = extension.children.map(
      (each) => ` ${attribute(each, 'name')}="${this.#inside(attribute(each, 'type')).inside}"`,
    );
    return { attributes: attributes.join(''), inside: this.#inside(attribute(extension, 'base')).inside };
  }

  #particle(particle: Content): string {
    if (particle.name === 'any') return '<Note xmlns="urn:example:note">X</Note>';
    if (particle.name === 'element') return this.element(particle).repeat(this.#times(particle));
    if (particle.name === 'sequence') return particle.children.map((each) => this.#particle(each)).join('');
    const chosen = particle.children.at(this.#extent.choice === 'first' ? 0 : -1);
    return chosen === undefined ? '' : this.#particle(chosen);
  }

  #times(element: Content): number {
    const [min, max] = [attribute(element, 'minOccurs'), attribute(element, 'maxOccurs')];
    const least = min === '' ? 1 : Number(min);
    const isRepeated = max === 'unbounded' || Number(max) > 1;
    if (!this.#extent.optional) return least;
    return isRepeated ? Math.max(least, this.#extent.repeated) : 1;
  }
}

/** A message of a schema. */
export function sampleOf(xsd: string, extent: Extent): string {
  const schema = parseXml(fileOf(xsd));
  const root = child(schema, 'element');
  if (root === undefined) throw new Error('the schema has no root element');
  const message = new Sampler(schema, extent).element(root);
  const name = attribute(root, 'name');
  return `<?xml version="1.0" encoding="UTF-8"?>${message.replace(`<${name}`, `<${name} xmlns="${attribute(schema, 'targetNamespace')}"`)}`;
}
