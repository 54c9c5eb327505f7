import { appName } from '../options.ts';

/** Seconds for which a new call waits for a server that is away, with ringing, before it gets 503. */
const patienceSeconds = 10;

/** What can be dialled: numbers, feature codes, and names of at least two characters. */
const patterns = ['_[0-9+*#]', '_[0-9+*#].', '_[a-zA-Z][0-9a-zA-Z]!'];

const entries = patterns
  .map(
    (pattern) => `exten => ${pattern},1,Set(PVX_DIALLED=\${FILTER(0-9A-Za-z+*#._-,\${EXTEN})})
 same => n,Set(PVX_TO=\${FILTER(0-9A-Za-z+*#._@:-,\${PJSIP_HEADER(read,To)})})
 same => n,Goto(polyvox-entry,s,1)
`,
  )
  .join('');

/** Where legs are while their party is asked to call somebody else. */
export const referContext = 'polyvox-refer';

/**
 * `extensions.conf`: every call goes to the application. While no server is there, a new call rings for a
 * while and is then refused with 503, so that a provider tries elsewhere.
 */
export const dialplanConf = (): string => `[general]
static=yes
writeprotect=yes

[polyvox]
${entries}
[polyvox-entry]
exten => s,1,Set(PVX_SINCE=\${EPOCH})
 same => n,Set(PJSIP_TRANSFER_HANDLING()=ari-only)
 same => n(try),Stasis(${appName},in,\${PVX_DIALLED},\${PVX_TO})
 same => n,GotoIf($["\${STASISSTATUS}"="SUCCESS"]?done)
 same => n,GotoIf($[\${EPOCH}-\${PVX_SINCE}>=${patienceSeconds}]?fail)
 same => n,GotoIf($["\${PVX_RUNG}"="1"]?wait)
 same => n,Ringing()
 same => n,Set(PVX_RUNG=1)
 same => n(wait),Wait(0.3)
 same => n,Goto(try)
 same => n(fail),Hangup(34)
 same => n(done),Hangup(\${HANGUPCAUSE})

[polyvox-internal]
exten => _[0-9a-f]!,1,Stasis(${appName},internal,\${FILTER(0-9a-f-,\${EXTEN})})
 same => n,Hangup(\${IF($["\${STASISSTATUS}"="SUCCESS"]?\${HANGUPCAUSE}:34)})

[${referContext}]
exten => s,1,Transfer(PJSIP/\${PVX_REFER_TO})
 same => n,Goto(back,1)
exten => back,1,Stasis(${appName},referred,\${TRANSFERSTATUS},\${TRANSFERSTATUSPROTOCOL})
 same => n,Hangup(\${HANGUPCAUSE})

[polyvox-service]
exten => echo,1,Answer()
 same => n,Echo()
`;
