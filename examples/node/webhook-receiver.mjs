// Takes the events of Exeunt and answers what was erased. Start: SECRET=whsec_… PORT=8090 node webhook-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.SECRET.replace('whsec_', ''), 'base64');
const done = new Map(); // by id: an event may come again. Keep this in your database.

function isSigned(headers, body) {
  const id = headers['webhook-id'];
  const time = headers['webhook-timestamp'];
  if (!id || Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some(each => {
    const sent = Buffer.from(each.replace('v1,', ''), 'base64');
    return sent.length === expected.length && timingSafeEqual(sent, expected);
  });
}

function act(event) {
  if (event.type !== 'user.erased') return {};
  // Delete what you hold of event.data.subject here, and of each of event.data.locators.
  return { result: event.data.locators?.length ? 'erased' : 'nothing-found' };
}

createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  const id = request.headers['webhook-id'];
  if (!done.has(id)) done.set(id, act(JSON.parse(body)));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(done.get(id)));
}).listen(process.env.PORT ?? 8090, '127.0.0.1', function () {
  console.log(`listening on ${this.address().port}`);
});
