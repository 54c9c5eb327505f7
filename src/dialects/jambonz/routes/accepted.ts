/** What is answered to a change of something live, which happens at once or a moment later. */
export const accepted = {
  description: 'Accepted',
  content: { 'text/plain': { schema: { type: 'string' } } },
} as never;

interface Reply {
  code(status: 202): { type(type: string): { send(text: never): unknown } };
}

export const sendAccepted = (reply: unknown): never =>
  (reply as Reply)
    .code(202)
    .type('text/plain; charset=utf-8')
    .send('Accepted' as never) as never;
