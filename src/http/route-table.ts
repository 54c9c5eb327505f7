/** Every route that is served, for 405 answers and for the documentation. */
export interface RouteTable {
  add(method: string, url: string): void;
  /** Methods that a path takes. */
  methodsOf(path: string): readonly string[];
  readonly size: number;
}

const toPattern = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}/?$`,
  );

export function createRouteTable(): RouteTable {
  const routes: { readonly method: string; readonly pattern: RegExp }[] = [];
  return {
    add: (method, url) => void routes.push({ method, pattern: toPattern(url) }),
    methodsOf: (path) => [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ],
    get size() {
      return routes.length;
    },
  };
}
