// Verifies an access token with what its issuer publishes. Arguments: issuer, audience, token. Prints what it says, or why not.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const [issuer, audience, token] = process.argv.slice(2);
const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
if (metadata.issuer !== issuer) {
  throw new Error('the metadata of another issuer');
}
try {
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const { protectedHeader, payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    typ: 'at+jwt',
    requiredClaims: ['exp', 'sub', 'iat', 'jti', 'client_id'], // RFC 9068, section 2.2
  });
  console.log(JSON.stringify({ ...payload, alg: protectedHeader.alg }));
} catch (refused) {
  if (!(refused instanceof errors.JOSEError)) {
    throw refused;
  }
  console.log(JSON.stringify({ code: refused.code, claim: refused.claim ?? '' }));
}
