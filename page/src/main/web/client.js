/* Calls the server: on its own page by the session's cookie, elsewhere by a token that the application's page hands over. */

const PATIENCE = 60000; // milliseconds

export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || '');
    this.problem = problem;
  }

  /* The last word of the problem's type, 'lost' or 'offline'. */
  get kind() {
    return String(this.problem.type || '').replace('urn:exeunt:problem:', '');
  }
}

/* An idempotency key: one for each wish, however often it is sent. */
export function wish() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(16).padStart(8, '0')).join('');
}

export class Client {
  /* base: the address of the calls, such as https://accounts.example.org/account
     token: the person's token, or a function that returns one, also as a promise; without one the session's cookie signs in */
  constructor(base, token, language) {
    this.base = new URL(base.replace(/\/$/, ''), location.href).href;
    this.token = token;
    this.language = language;
    this.csrf = null;
    this.ahead = 0;
  }

  /* The server's time, whatever the clock of this machine says. */
  now() {
    return Date.now() + this.ahead;
  }

  /* The address of a link in an answer. */
  to(link) {
    return new URL(link, this.base).href;
  }

  get(path) {
    return this.call('GET', path);
  }

  async call(method, path, { body, key } = {}) {
    const address = path.startsWith('/') || path.startsWith('http') ? this.to(path) : `${this.base}${path && `/${path}`}`;
    const changes = method !== 'GET';
    const headers = { Accept: 'application/json', 'Accept-Language': this.language };
    if (key) {
      headers['Idempotency-Key'] = key;
    }
    if (body) {
      headers['Content-Type'] = 'application/json';
    }
    return this.answer(changes, async again => fetch(address, {
      method,
      headers: { ...headers, ...await this.signIn(changes, again) },
      body: body && JSON.stringify(body),
      credentials: this.token ? 'omit' : 'same-origin',
      signal: AbortSignal.timeout(PATIENCE)
    }));
  }

  async signIn(changes, again) {
    if (this.token) {
      return { Authorization: `Bearer ${await this.personsToken(again)}` };
    }
    return changes && this.csrf ? { 'X-Exeunt-Csrf': this.csrf } : {};
  }

  /* Where the application has no token to give, nothing was sent. */
  async personsToken(again) {
    try {
      return typeof this.token === 'function' ? await this.token(again) : this.token;
    } catch {
      throw new Refusal({ type: 'unavailable' });
    }
  }

  /* A token that has run out is asked for once more. */
  async answer(changes, send) {
    let answer;
    let json;
    try {
      answer = await send(false);
      if (answer.status === 401 && typeof this.token === 'function') {
        answer = await send(true);
      }
      this.ahead = Date.parse(answer.headers.get('Date')) - Date.now() || 0;
      json = await answer.json();
    } catch (e) {
      throw e instanceof Refusal ? e : new Refusal({ type: changes ? 'lost' : 'offline' });
    }
    if (!answer.ok) {
      const known = String(json.type).startsWith('urn:exeunt:problem:');
      throw new Refusal(changes && (!known || answer.status >= 500) ? { type: 'lost' } : json);
    }
    return json;
  }
}
