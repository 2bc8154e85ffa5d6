import type * as X509 from '@peculiar/x509';

type Metadata = Map<unknown, unknown>;

/** The part of `reflect-metadata` that the library's container of algorithms asks for when it is loaded. */
interface ReflectMetadata {
  getMetadata?: (key: unknown, target: object) => unknown;
  getOwnMetadata?: (key: unknown, target: object) => unknown;
  defineMetadata?: (key: unknown, value: unknown, target: object) => void;
}

/** Loads what makes certificates, when it is first needed: most of what we run never is. */
export async function loadX509(): Promise<typeof X509> {
  const reflect = Reflect as ReflectMetadata;
  if (reflect.getMetadata === undefined) {
    const known = new WeakMap<object, Metadata>();
    const own = (key: unknown, target: object) => known.get(target)?.get(key);
    reflect.getOwnMetadata = own;
    reflect.getMetadata = own;
    reflect.defineMetadata = (key, value, target) => {
      known.set(target, (known.get(target) ?? new Map<unknown, unknown>()).set(key, value));
    };
  }
  return import('@peculiar/x509');
}
