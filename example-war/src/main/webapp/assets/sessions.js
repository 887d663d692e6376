/** Where the account is logged in. */
import {byId, el, time, word} from './dom.js';
import {attempt, on, say} from './outcome.js';

export function createSessions(client) {
  const list = byId('sessions');

  async function read() {
    const sessions = await client.sessions();
    list.replaceChildren(...sessions.map(item));
  }

  function item({id, device, created, last_used: used, current}) {
    const name = device ? el('strong', {}, device) : word('strong', 'sessions.noDevice');
    const button = el('button', {type: 'button', click: attempt(() => (current ? client.logout() : end(id)))},
      word('span', current ? 'account.logout' : 'sessions.end'), ' ', el('span', {class: 'aside'}, device));
    return el('li', {},
      name, ...(current ? [' · ', word('em', 'sessions.current')] : []),
      el('dl', {}, word('dt', 'sessions.created'), el('dd', {}, time(created)),
        word('dt', 'sessions.used'), el('dd', {}, time(used))),
      button);
  }

  async function end(id) {
    await client.endSession(id);
    await read();
    byId('sessions-title').focus();
    say('sessions.ended');
  }

  on('sessions-reload', 'click', async () => {
    await read();
    say('sessions.wasRead');
  });

  return {open: read, close: () => list.replaceChildren()};
}
