import { demo } from '../core/accounts/index.ts';

export interface BannerFacts {
  readonly publicUrl: string;
  readonly sip: { readonly host: string; readonly port: number };
  readonly hasDemo: boolean;
  /** Of the jambonz API. */
  readonly demoKey: { readonly token: string; readonly accountSid: string } | undefined;
  readonly engineVersion: string;
  readonly seconds: number;
  /** Shown on a terminal only; elsewhere the file is named. */
  readonly secrets: { readonly adminToken: string; readonly adminPassword: string } | undefined;
  readonly credentialsFile: string;
}

/** What a person sees when the exchange is ready: where to go, who to be, what to try. */
export function banner(facts: BannerFacts): string {
  const { publicUrl, sip, hasDemo, demoKey, engineVersion, seconds, secrets, credentialsFile } =
    facts;
  const [alice, bob] = demo.people;
  const lines = [
    '',
    `  Polyvox is ready after ${seconds.toFixed(1)} s (Asterisk ${engineVersion}).`,
    '',
    `  API and docs    ${publicUrl}/docs`,
    `  SIP             ${sip.host}:${sip.port}, UDP and TCP`,
    secrets
      ? `  Administrator   admin / ${secrets.adminPassword}    bearer token ${secrets.adminToken}`
      : `  Administrator   the credentials are in ${credentialsFile}`,
  ];
  if (hasDemo) {
    lines.push(
      `  Demo users      ${alice.login}@${demo.sipDomain} and ${bob.login}@${demo.sipDomain}, password ${demo.password}`,
      `  Demo phones     ${alice.extension} and ${bob.extension}, secret ${demo.sipSecret}, domain ${demo.sipDomain} or ${sip.host}`,
      ...(demoKey
        ? [
            `  jambonz key     ${secrets ? demoKey.token : `in ${credentialsFile}`}, account ${demoKey.accountSid}`,
          ]
        : []),
      '',
      '  Try it without a phone, in another terminal:',
      '',
      '    npm run demo',
      '',
      `  Or register two SIP phones, dial *43 for an echo or *60 for the time, and connect the two:`,
      '',
      `    curl -u ${alice.login}@${demo.sipDomain}:${demo.password} ${publicUrl}/v2/sessions/calls \\`,
      `      -H 'content-type: application/json' -d '{"caller":"e0","callee":"${bob.extension}"}'`,
    );
  }
  lines.push('', '  Ctrl-C or `npm stop` ends it; running calls get a moment to finish.', '');
  return `${lines.join('\n')}\n`;
}
