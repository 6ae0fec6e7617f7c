// An XML element as the rest of the network reads it: immutable, bounded by the parser that made it.

export interface XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  readonly ns: string;
  /** By local name; `xml:lang` and the like keep their prefix; other namespaces stand as `{uri}local`. */
  readonly attrs: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
}

type Child = XmlElement | string;

/** Builds an element. Attributes that are `undefined` are left out. */
export function xml(
  ns: string,
  name: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): XmlElement {
  const map = new Map<string, string>();
  for (const [key, value] of Object.entries(attrs)) if (value !== undefined) map.set(key, value);
  return { name, ns, attrs: map, children };
}

/** The child elements, without text. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The first child element of a name and namespace; `name` may be `*`. */
export function childOf(element: XmlElement | undefined, ns: string, name: string): XmlElement | undefined {
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && child.ns === ns && (name === '*' || child.name === name)) return child;
  }
  return undefined;
}

/** All child elements of a name and namespace. */
export function childrenOf(element: XmlElement | undefined, ns: string, name: string): XmlElement[] {
  return element === undefined ? [] : elementsOf(element).filter((child) => child.ns === ns && child.name === name);
}

/** Text of the element and all below it, in document order. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) text += typeof child === 'string' ? child : textOf(child);
  return text;
}

/** Text of a child, `undefined` when there is no such child or it is empty. */
export function childText(element: XmlElement | undefined, ns: string, name: string): string | undefined {
  const child = childOf(element, ns, name);
  const text = child === undefined ? '' : textOf(child);
  return text === '' ? undefined : text;
}
