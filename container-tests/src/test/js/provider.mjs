// An authorization server with tokens of RFC 9068. The last segment of the resource asked for (RFC 8707) is the algorithm
// that its tokens are signed with. Prints its issuer when it listens. POST /rotate puts a new key before each old one.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const KINDS = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  ES512: ['ec', { namedCurve: 'P-521' }],
  EdDSA: ['ed25519', {}],
};

function generate(alg) {
  const jwk = generateKeyPairSync(...KINDS[alg]).privateKey.export({ format: 'jwk' });
  return { ...jwk, alg, use: 'sig', kid: `${alg}-${randomUUID()}` };
}

function configuration(keys) {
  return {
    jwks: { keys },
    clients: [{
      client_id: 'robot',
      client_secret: 'secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          audience: 'https://api.example',
          scope: 'board:read board:write',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: resource.split('/').pop() } },
        }),
      },
    },
  };
}

let keys = Object.keys(KINDS).map(generate);
let answer;

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/rotate') {
    keys = [...Object.keys(KINDS).map(generate), ...keys];
    answer = new Provider(issuer, configuration(keys)).callback();
    response.writeHead(204).end();
  } else {
    answer(request, response);
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
answer = new Provider(issuer, configuration(keys)).callback();
console.log(issuer);
process.stdin.on('end', () => process.exit()).resume(); // who started it is gone
