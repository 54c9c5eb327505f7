/** As much of the published client for Node as the tests use; it has no types of its own. */
declare module '@jambonz/node-client' {
  /** A chain of verbs as the client builds it; it becomes JSON as an answer needs it. */
  interface VerbChain {
    say(options: { readonly text: string; readonly loop?: number | 'forever' }): VerbChain;
    gather(options: object): VerbChain;
    dial(options: object): VerbChain;
    pause(options: { readonly length: number }): VerbChain;
    hangup(): VerbChain;
  }

  /** What one resource of the REST client can do; `create` says the sid. */
  interface Resource<Shown> {
    create(fields: object): Promise<string>;
    retrieve(sid: string): Promise<Shown>;
    list(filter?: object): Promise<readonly Shown[]>;
    update(sid: string, fields: object): Promise<unknown>;
    delete(sid: string): Promise<unknown>;
  }

  interface NodeClient {
    readonly calls: Resource<{ readonly call_sid: string; readonly call_status: string }>;
    readonly applications: Resource<{ readonly application_sid: string; readonly name: string }>;
  }

  interface Connect {
    (accountSid: string, apiKey: string, options: { readonly baseUrl: string }): NodeClient;
    readonly WebhookResponse: new () => VerbChain;
  }
  const connect: Connect;
  export default connect;
}
