// What the peers' packages give us, so that the types hold whether or not they are installed.

declare module 'scimmy' {
  /** A resource as it is kept and answered. */
  export interface Kept {
    id: string;
    [attribute: string]: unknown;
  }
  /** What a request asks for: one resource by its id, or a list. */
  export interface Asked {
    readonly id?: string;
    readonly filter?: readonly Readonly<Record<string, unknown>>[];
    constraints?: { startIndex?: number; count?: number; totalResults?: number };
  }
  interface Handlers {
    readonly extensions?: readonly { readonly schema: unknown; readonly required: boolean }[];
    readonly ingress: (asked: Asked, sent: Readonly<Record<string, unknown>>) => Kept;
    readonly egress: (asked: Asked) => Kept | Kept[];
    readonly degress: (asked: Asked) => void;
  }
  export const Resources: {
    readonly User: unknown;
    readonly Group: unknown;
    readonly declare: (resource: unknown, handlers: Handlers) => void;
  };
  export const Schemas: { readonly EnterpriseUser: unknown };
  export const Types: { readonly Error: new (status: number, scimType: string | null, message: string) => Error };
}

declare module 'scimmy-routers' {
  import type { Request, RequestHandler } from 'express';

  export const SCIMMYRouters: new (scheme: {
    readonly type: 'bearer';
    readonly handler: (request: Request) => string;
    readonly baseUri?: (request: Request) => string;
  }) => RequestHandler;
}

declare module '@boxyhq/saml-jackson' {
  interface DirectorySyncRequest {
    readonly method: string;
    readonly body: unknown;
    readonly directoryId: string | undefined;
    readonly resourceType: string;
    readonly resourceId: string | undefined;
    readonly apiSecret: string | undefined;
    readonly query: { readonly count?: number; readonly startIndex?: number; readonly filter?: string };
  }
  interface Directory {
    readonly id: string;
    readonly scim: { readonly path: string; readonly secret: string };
  }
  interface Controllers {
    readonly directorySyncController: {
      readonly directories: {
        readonly create: (directory: object) => Promise<{ readonly data: Directory | null; readonly error: unknown }>;
      };
      readonly requests: {
        readonly handle: (
          request: DirectorySyncRequest,
          onEvent: (event: unknown) => Promise<void>,
        ) => Promise<{ readonly status: number; readonly data?: object }>;
      };
    };
    readonly close: () => Promise<void>;
  }
  export const controllers: (options: object) => Promise<Controllers>;
}
