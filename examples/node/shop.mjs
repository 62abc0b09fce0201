// A shop in Node that leaves people's requests to `exeunt serve` beside it. It signs its own tokens, which both accept.
// In the environment: EXEUNT_URL, EXEUNT_JWT_SECRET, EXEUNT_GATE_TOKEN, SHOP_PEOPLE (JSON: {"email": {"key": "1", "password": "…"}}).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { EXEUNT_URL, EXEUNT_JWT_SECRET, EXEUNT_GATE_TOKEN } = process.env;
const people = JSON.parse(process.env.SHOP_PEOPLE);
const seconds = () => Math.floor(Date.now() / 1000);

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const signature = (text) => createHmac('sha256', EXEUNT_JWT_SECRET).update(text).digest('base64url');

// A token for ten minutes. Exeunt reads the same: `sub` is the person's key in your database, and `auth_time` tells it that the
// person has just signed in, which a request to leave needs.
function tokenFor(key) {
  const now = seconds();
  const claims = { sub: key, iat: now, auth_time: now, exp: now + 600 };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${signature(text)}`;
}

function claimsOf(token = '') {
  const [header, payload, signed = ''] = token.split('.');
  const expected = Buffer.from(signature(`${header}.${payload}`));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  return claims.exp > seconds() ? claims : null;
}

// Asks whether the person may use the shop. With a token, pass its time of issue: one from before an erasure is refused.
async function admitted(key, issuedAt = seconds()) {
  const answer = await fetch(`${EXEUNT_URL}/gate/${encodeURIComponent(key)}?issued-at=${issuedAt}`, {
    headers: { Authorization: `Bearer ${EXEUNT_GATE_TOKEN}` },
  });
  return answer.ok && (await answer.json()).allowed;
}

// Passes the person's own token on: Exeunt checks it, and hides the account until the person is back or is erased.
const leave = (token) =>
  fetch(`${EXEUNT_URL}/account/deactivation`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });

const routes = {
  'POST /login': async ({ body }) => {
    const { email, password } = JSON.parse(body);
    const person = people[email];
    if (person?.password !== password) return [401, 'wrong address or password'];
    return (await admitted(person.key)) ? [200, tokenFor(person.key)] : [403, 'this account is not in use'];
  },
  'GET /letters': async ({ token }) => {
    const claims = claimsOf(token);
    if (!claims) return [401, 'sign in first'];
    return (await admitted(claims.sub, claims.iat)) ? [200, `letters of ${claims.sub}`] : [403, 'this account is not in use'];
  },
  'POST /leave': async ({ token }) => {
    const answer = await leave(token);
    return [answer.status, await answer.text()];
  },
};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  const token = request.headers.authorization?.replace('Bearer ', '');
  const route = routes[`${request.method} ${request.url}`] ?? (async () => [404, 'not found']);
  try {
    const [status, text] = await route({ body, token });
    response.writeHead(status).end(text);
  } catch {
    response.writeHead(503).end('try again later'); // never lets people in where Exeunt does not answer
  }
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`shop at port ${server.address().port}`));
